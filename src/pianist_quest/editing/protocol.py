"""Findings, names and places as the Language Server Protocol 3.17 has them.

Lines and columns count from 0 there, columns in UTF-16 units.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lsprotocol import types as lsp
from pygls import uris

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.diagnostics.diagnostic import Diagnostic, Label
    from pianist_quest.diagnostics.source import Source, Span

    from .atlas import Entry
    from .completing import Offer

_MEANT: Final = re.compile(r"did you mean `([^`]+)`\?")
_SEVERITY: Final = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "advice": lsp.DiagnosticSeverity.Hint,
}
SORTS: Final = {
    "room": lsp.SymbolKind.Namespace, "item": lsp.SymbolKind.Object, "character": lsp.SymbolKind.Class,
    "scene": lsp.SymbolKind.Function, "storylet": lsp.SymbolKind.Event, "variable": lsp.SymbolKind.Variable,
    "formula": lsp.SymbolKind.Operator, "kind": lsp.SymbolKind.Struct, "verb": lsp.SymbolKind.Method,
    "rule": lsp.SymbolKind.Event, "ending": lsp.SymbolKind.Constant, "mark": lsp.SymbolKind.Key,
    "template": lsp.SymbolKind.Interface,
}  # fmt: skip


def diagnostic(found: Diagnostic) -> lsp.Diagnostic:
    """Return a finding."""
    parts = (found.message, found.label.text, found.hint)
    others = [_related(one) for one in found.others]
    return lsp.Diagnostic(
        range=range_(found.label.span),
        message="\n".join(part for part in parts if part),
        severity=_SEVERITY[found.severity.value],
        code=found.code.value,
        source="pianist-quest",
        related_information=others or None,
    )


def _related(label: Label) -> lsp.DiagnosticRelatedInformation:
    return lsp.DiagnosticRelatedInformation(location=location(label.span), message=label.text or "here")


def item(offer: Offer) -> lsp.CompletionItem:
    """Return what may be written at the cursor."""
    kinds = {"key": lsp.CompletionItemKind.Property, "function": lsp.CompletionItemKind.Function}
    kind = kinds.get(offer.sort, lsp.CompletionItemKind.Variable)
    said = lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=offer.about) if offer.about else None
    text = f"{offer.text}: " if offer.sort in ("key", "direction") else offer.text
    return lsp.CompletionItem(label=offer.text, kind=kind, detail=offer.sort, documentation=said, insert_text=text)


def symbol(entry: Entry) -> lsp.DocumentSymbol:
    """Return a name in a file's outline."""
    place = range_(entry.span)
    return lsp.DocumentSymbol(
        name=entry.name.lstrip("@"), kind=SORTS[entry.sort], range=place, selection_range=place, detail=entry.sort
    )


def edits(spans: Iterable[Span], text: str) -> lsp.WorkspaceEdit:
    """Return the change of places, in any files, to a text; a place that is named twice is changed once."""
    changes: dict[str, list[lsp.TextEdit]] = {}
    for span in {(one.source.path, one.start): one for one in spans}.values():
        changes.setdefault(uri_of(span), []).append(lsp.TextEdit(range=range_(span), new_text=text))
    return lsp.WorkspaceEdit(changes=changes)


def fix(found: lsp.Diagnostic, uri: str) -> lsp.CodeAction | None:
    """Return what puts a near miss right."""
    meant = _MEANT.search(found.message)
    if meant is None:
        return None
    edit = lsp.TextEdit(range=found.range, new_text=meant[1])
    return lsp.CodeAction(
        title=f"Write `{meant[1]}`",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[found],
        edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
        is_preferred=True,
    )


def location(span: Span) -> lsp.Location:
    """Return a place in a file."""
    return lsp.Location(uri=uri_of(span), range=range_(span))


def range_(span: Span) -> lsp.Range:
    """Return a place, the file being known."""
    return lsp.Range(start=position(span.source, span.start), end=position(span.source, span.end))


def position(source: Source, offset: int) -> lsp.Position:
    """Return where a character stands."""
    line, _ = source.line_and_column(offset)
    start, _ = source.line(line)
    return lsp.Position(line=line - 1, character=len(source.text[start:offset].encode("utf-16-le")) // 2)


def uri_of(span: Span) -> str:
    """Return the address of the file that a place is in."""
    return uris.from_fs_path(span.source.path) or span.source.path
