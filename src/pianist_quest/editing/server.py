"""The language server: a world's findings and names for editors, by the Language Server Protocol over stdio."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from pianist_quest import __version__
from pianist_quest.diagnostics.source import Source, Span

from .completing import offers
from .cursor import cursor
from .project import Project, root_of
from .protocol import SORTS, diagnostic, edits, fix, item, location, range_, symbol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.diagnostics.diagnostic import Diagnostic

    from .atlas import Entry

PAUSE: Final = 0.3
"""For how long nobody must have typed until the whole world is checked, in seconds."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


class Server(LanguageServer):
    """Knows the worlds whose files are open."""

    def __init__(self) -> None:
        super().__init__("pianist-quest", __version__)
        self.projects: dict[Path, Project] = {}
        self.waiting: dict[Path, asyncio.Task[None]] = {}
        self.told: dict[Path, set[str]] = {}

    def project(self, uri: str) -> tuple[Project, str]:
        """Return the world that a file belongs to, and the file's name in it."""
        file = Path(uris.to_fs_path(uri) or uri)
        root = root_of(file)
        return self.projects.setdefault(root, Project(root)), str(file)

    def changed(self, uri: str, text: str) -> None:
        """Take note of a file's text; tell at once what is wrong with its form, and soon all that is wrong."""
        project, path = self.project(uri)
        project.texts[path] = text
        glanced = project.glance(path)
        if glanced:
            self._publish(path, glanced)
        self.check_soon(project)

    def check_soon(self, project: Project) -> None:
        """Check a whole world when nobody has typed for a while."""
        if project.root in self.waiting:
            self.waiting[project.root].cancel()
        self.waiting[project.root] = asyncio.get_running_loop().create_task(self._check(project))

    async def _check(self, project: Project) -> None:
        await asyncio.sleep(PAUSE)
        found = await asyncio.to_thread(project.check)
        by_file: dict[str, list[Diagnostic]] = {}
        for one in found:
            by_file.setdefault(one.label.span.source.path, []).append(one)
        for path in {*self.told.get(project.root, ()), *project.texts, *by_file}:
            self._publish(path, by_file.get(path, []))
        self.told[project.root] = set(by_file)

    def _publish(self, path: str, found: Iterable[Diagnostic]) -> None:
        uri = uris.from_fs_path(path) or path
        parameters = lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[diagnostic(one) for one in found])
        self.text_document_publish_diagnostics(parameters)

    def offset(self, project: Project, path: str, position: lsp.Position) -> int:
        """Return the character of a file that stands at a position."""
        lines = project.text(path).splitlines(keepends=True)
        before = sum(len(line) for line in lines[: position.line])
        line = lines[position.line] if position.line < len(lines) else ""
        units = line.encode("utf-16-le")[: 2 * position.character]
        return before + len(units.decode("utf-16-le", "ignore"))

    def named(self, uri: str, position: lsp.Position) -> tuple[Project, Entry, Span] | None:
        """Return the name at a position, and where it stands."""
        project, path = self.project(uri)
        text = project.text(path)
        found = project.atlas.at(path, self.offset(project, path, position))
        if found is None or text[found[1] : found[2]].strip("'\"") != found[0].lstrip(".#@~"):
            return None  # the file has been changed since it was read
        return project, project.atlas.entries[found[0]], Span(Source(path, text), found[1], found[2])


def make() -> Server:  # noqa: C901 - one function for each feature
    """Return a server with its features."""
    server = Server()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(found: Server, given: lsp.DidOpenTextDocumentParams) -> None:
        found.changed(given.text_document.uri, given.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(found: Server, given: lsp.DidChangeTextDocumentParams) -> None:
        uri = given.text_document.uri
        found.changed(uri, found.workspace.get_text_document(uri).source)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(found: Server, given: lsp.DidCloseTextDocumentParams) -> None:
        project, path = found.project(given.text_document.uri)
        project.texts.pop(path, None)
        found.check_soon(project)

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", "{", ":", " "]))
    def complete(found: Server, given: lsp.CompletionParams) -> lsp.CompletionList:
        project, path = found.project(given.text_document.uri)
        at = cursor(project.text(path), found.offset(project, path, given.position))
        return lsp.CompletionList(is_incomplete=False, items=[item(one) for one in offers(project.atlas, at)])

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(found: Server, given: lsp.HoverParams) -> lsp.Hover | None:
        named = found.named(given.text_document.uri, given.position)
        if named is None:
            return None
        said = lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=named[1].about)
        return lsp.Hover(contents=said, range=range_(named[2]))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def define(found: Server, given: lsp.DefinitionParams) -> lsp.Location | None:
        named = found.named(given.text_document.uri, given.position)
        return location(named[1].span) if named else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def refer(found: Server, given: lsp.ReferenceParams) -> list[lsp.Location]:
        named = found.named(given.text_document.uri, given.position)
        if named is None:
            return []
        project, entry, _ = named
        own = [entry.span] if given.context.include_declaration else []
        return [location(span) for span in (*own, *project.atlas.uses.get(entry.name, ()))]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def may_rename(found: Server, given: lsp.PrepareRenameParams) -> lsp.Range | None:
        named = found.named(given.text_document.uri, given.position)
        return range_(named[2]) if named else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(found: Server, given: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        return _renamed(found, given)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(found: Server, given: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        project, path = found.project(given.text_document.uri)
        entries = [one for one in project.atlas.entries.values() if one.span.source.path == path and one.sort in SORTS]
        return [symbol(one) for one in sorted(entries, key=lambda one: one.span.start)]

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def act(_: Server, given: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return [made for one in given.context.diagnostics if (made := fix(one, given.text_document.uri))]

    return server


def _renamed(server: Server, given: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    named = server.named(given.text_document.uri, given.position)
    if named is None:
        return None
    project, entry, _ = named
    problem = ""
    if not _NAME.fullmatch(given.new_name):
        problem = "a name is lower-case letters, digits and _, beginning with a letter"
    elif given.new_name in project.atlas.entries:
        problem = f"`{given.new_name}` is taken: it is a {project.atlas.entries[given.new_name].sort}"
    elif entry.name in project.atlas.made:
        problem = f"`{entry.name}` is put together by a template somewhere: rename it by hand, and check"
    if problem:
        server.window_show_message(lsp.ShowMessageParams(type=lsp.MessageType.Error, message=problem))
        return None
    return edits((entry.span, *project.atlas.uses.get(entry.name, ())), given.new_name)
