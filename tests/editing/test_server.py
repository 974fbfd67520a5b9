"""The language server as an editor meets it: a real client drives the real program over its standard streams."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator  # noqa: TC003 - pytest-lsp reads the annotation
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from support import HEADER

WORLD = """variables: {nerve: 3, lit: false}   # \N{GRINNING FACE} wide
rooms:
  hall:
    name: Hall
    text: "\N{GRINNING FACE} {lit: Bright. | Dark.}"
    exits: {north: loft}
    choices:
      - {label: Dare, if: nerve >= 3, do: [nerve -= 1, lit = true], goto: tea}
  loft: {name: Loft, exits: {south: hall}}
"""
SCENES = """scenes:
  tea:
    - if: nerve > 1
      text: Tea.
    - goto: hall
"""


CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "pianist_quest", "lsp"])


@pytest_lsp.fixture(config=CONFIG)  # type: ignore[untyped-decorator] # the library has no types for it
async def client(lsp_client: LanguageClient) -> AsyncGenerator[None]:
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    yield
    await lsp_client.shutdown_session()


class Editor:
    """An editor with a world of two files."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.versions: dict[str, int] = {}
        (folder / "world.yaml").write_text(HEADER + WORLD, "utf-8")
        (folder / "scenes.yaml").write_text(SCENES, "utf-8")

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def show(self, name: str, text: str | None = None) -> list[lsp.Diagnostic]:
        """Open or change a file; return what is found in it when all has been checked."""
        content = (self.folder / name).read_text("utf-8") if text is None else text
        if name not in self.versions:
            self.versions[name] = 1
            item = lsp.TextDocumentItem(uri=self.uri(name), language_id="yaml", version=1, text=content)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
        else:
            self.versions[name] += 1
            identifier = lsp.VersionedTextDocumentIdentifier(uri=self.uri(name), version=self.versions[name])
            change = lsp.TextDocumentContentChangeWholeDocument(text=content)
            given = lsp.DidChangeTextDocumentParams(text_document=identifier, content_changes=[change])
            self.client.text_document_did_change(given)
        await asyncio.sleep(0.9)
        return list(self.client.diagnostics.get(self.uri(name), []))

    def at(self, name: str, part: str, text: str) -> dict[str, object]:
        """Return where a part of a text begins, as the protocol has it."""
        before = text[: text.index(part)]
        line = before.count("\n")
        column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        place = lsp.Position(line=line, character=column)
        return {"text_document": lsp.TextDocumentIdentifier(uri=self.uri(name)), "position": place}


@pytest.fixture
def editor(client: LanguageClient, tmp_path: Path) -> Editor:
    return Editor(client, tmp_path)


async def test_what_is_wrong_is_told_as_one_types_and_no_more_when_it_is_mended(editor: Editor) -> None:
    assert await editor.show("world.yaml") == []
    found = await editor.show("world.yaml", HEADER + WORLD.replace("north: loft", "north: lofft"))
    assert [(one.code, one.severity) for one in found] == [("unknown-name", lsp.DiagnosticSeverity.Error)]
    assert "did you mean `loft`?" in found[0].message
    line = (HEADER + WORLD).splitlines().index("    exits: {north: loft}")
    assert (found[0].range.start.line, found[0].range.start.character) == (line, 19)
    assert await editor.show("world.yaml", HEADER + WORLD) == []


async def test_what_one_file_does_to_another_is_told_there(editor: Editor) -> None:
    await editor.show("scenes.yaml")
    await editor.show("world.yaml", HEADER + WORLD.replace("nerve", "courage"))
    found = editor.client.diagnostics[editor.uri("scenes.yaml")]
    assert [one.code for one in found] == ["unknown-name"]


async def test_a_near_miss_is_put_right_by_a_quick_fix(editor: Editor) -> None:
    found = await editor.show("world.yaml", HEADER + WORLD.replace("north: loft", "north: lofft"))
    given = lsp.CodeActionParams(
        text_document=lsp.TextDocumentIdentifier(uri=editor.uri("world.yaml")),
        range=found[0].range,
        context=lsp.CodeActionContext(diagnostics=found),
    )
    actions = await editor.client.text_document_code_action_async(given)
    assert actions
    action = actions[0]
    assert isinstance(action, lsp.CodeAction)
    assert action.title == "Write `loft`"
    assert action.edit is not None
    assert action.edit.changes is not None
    edit = action.edit.changes[editor.uri("world.yaml")][0]
    assert (edit.range, edit.new_text) == (found[0].range, "loft")


async def test_names_are_completed(editor: Editor) -> None:
    await editor.show("world.yaml")
    text = SCENES.replace("goto: hall", "goto: lo")
    await editor.show("scenes.yaml", text)
    at = editor.at("scenes.yaml", "lo\n", text)
    at["position"] = lsp.Position(line=at["position"].line, character=at["position"].character + 2)  # type: ignore[attr-defined]
    found = await editor.client.text_document_completion_async(lsp.CompletionParams(**at))  # type: ignore[arg-type]
    assert isinstance(found, lsp.CompletionList)
    assert [one.label for one in found.items] == ["loft"]


async def test_a_name_tells_what_it_is_and_where_it_is_declared_and_used(editor: Editor) -> None:
    await editor.show("world.yaml")
    await editor.show("scenes.yaml")
    at = editor.at("scenes.yaml", "nerve", SCENES)
    hover = await editor.client.text_document_hover_async(lsp.HoverParams(**at))  # type: ignore[arg-type]
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert "a number, 3 at first" in hover.contents.value
    place = await editor.client.text_document_definition_async(lsp.DefinitionParams(**at))  # type: ignore[arg-type]
    assert isinstance(place, lsp.Location)
    assert (place.uri, place.range.start.line) == (editor.uri("world.yaml"), 3)
    context = lsp.ReferenceContext(include_declaration=True)
    given = lsp.ReferenceParams(context=context, **at)  # type: ignore[arg-type]
    uses = await editor.client.text_document_references_async(given)
    assert sorted(Path(one.uri).name for one in uses or ()) == ["scenes.yaml", *["world.yaml"] * 3]


async def test_a_name_is_renamed_in_all_files(editor: Editor) -> None:
    await editor.show("world.yaml")
    await editor.show("scenes.yaml")
    at = editor.at("scenes.yaml", "nerve", SCENES)
    edit = await editor.client.text_document_rename_async(lsp.RenameParams(new_name="courage", **at))  # type: ignore[arg-type]
    assert edit is not None
    assert edit.changes is not None
    texts = {editor.uri("world.yaml"): HEADER + WORLD, editor.uri("scenes.yaml"): SCENES}
    for uri, changes in edit.changes.items():
        lines = texts[uri].splitlines(keepends=True)
        for change in sorted(changes, key=lambda one: (-one.range.start.line, -one.range.start.character)):
            units = lines[change.range.start.line].encode("utf-16-le")
            start, end = 2 * change.range.start.character, 2 * change.range.end.character
            changed = units[:start] + change.new_text.encode("utf-16-le") + units[end:]
            lines[change.range.start.line] = changed.decode("utf-16-le")
        texts[uri] = "".join(lines)
    assert texts[editor.uri("world.yaml")] == HEADER + WORLD.replace("nerve", "courage")
    assert texts[editor.uri("scenes.yaml")] == SCENES.replace("nerve", "courage")


async def test_a_name_that_is_taken_is_no_new_name(editor: Editor) -> None:
    await editor.show("world.yaml")
    at = editor.at("world.yaml", "nerve", HEADER + WORLD)
    for name in ("lit", "No Name"):
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(new_name=name, **at))  # type: ignore[arg-type]
        assert edit is None
    assert any("is taken" in one.message for one in editor.client.messages)


async def test_the_outline_has_the_names_of_a_file(editor: Editor) -> None:
    await editor.show("world.yaml")
    given = lsp.DocumentSymbolParams(text_document=lsp.TextDocumentIdentifier(uri=editor.uri("world.yaml")))
    found = await editor.client.text_document_document_symbol_async(given)
    assert [one.name for one in found or ()] == ["nerve", "lit", "hall", "loft"]


async def test_a_file_that_is_no_yaml_yet_is_no_end(editor: Editor) -> None:
    await editor.show("world.yaml")
    found = await editor.show("world.yaml", HEADER + WORLD + "rooms: {hall: [")
    assert found
    assert await editor.show("world.yaml", HEADER + WORLD) == []
