"""Whether saved games are whole, and what they lose in a world as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.records import record

from .codec import decode
from .decisions import read
from .document import SaveError
from .fields import Fields
from .files import backup
from .losses import few
from .names import fault
from .store import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.story.story import Story

    from .document import Document
    from .store import Store

EARNED: Final = "marks and endings"
"""What the file of what was earned is called; `Verdict.slot` has it as its name."""


@record
class Verdict:
    """What was found of one generation of a slot: the problem that keeps it from being read, or what it loses."""

    slot: Slot
    before: bool
    """Whether it is the generation before."""
    problem: str = ""
    checked: bool = False
    """Whether it was fitted to its world."""
    changed: bool = False
    """Whether it was saved in another version of the world."""
    lost: tuple[str, ...] = ()


def check(document: Document) -> None:
    """Raise SaveError where a part of a document is not what it should be, whatever its world."""
    fields = Fields(document)
    for key in ("world", "title", "saved", "summary"):
        fields.text(key)
    for key in ("turn", "seed", *(["played"] if "played" in document else [])):
        fields.whole(key)
    for key in ("place", "at", "scene", "ending"):
        fields.text_or_none(key)
    for key in ("visited", "stack"):
        fields.texts(key)
    fields.mapping("values")
    fields.counts("counts")
    fields.events("shown")
    if document.get("decisions") is not None:
        for line in fields.texts("decisions"):
            read(line)


def fitted(story: Story, document: Document) -> tuple[bool, tuple[str, ...]]:
    """Return whether a saved game is of another version of its world, and what it loses in this one."""
    lost = decode(story, document).lost
    return document.get("fingerprint") != story.fingerprint, lost


def verified(store: Store, slot: Slot, story: Story | None) -> Iterator[Verdict]:
    """Read all there is of a slot, wholly: its file and the generation before."""
    yield _verdict(store, slot, story, before=False)
    if not fault(slot.name) and backup(store.path(slot.world, slot.name)).exists():
        yield _verdict(store, slot, story, before=True)


def _verdict(store: Store, slot: Slot, story: Story | None, *, before: bool) -> Verdict:
    try:
        document = (store.load_previous if before else store.load)(slot.world, slot.name)
        check(document)
        if story is None:
            return Verdict(slot, before)
        changed, lost = fitted(story, document)
    except SaveError as error:
        return Verdict(slot, before, str(error))
    return Verdict(slot, before, checked=True, changed=changed, lost=lost)


def verified_earnings(store: Store, world: str, story: Story | None) -> Iterator[Verdict]:
    """Read all there is of what was earned in a world, wholly: its file and the generation before."""
    for before in (False, True):
        try:
            found = store.earned(world, before=before)
        except SaveError as error:
            yield Verdict(Slot(world, EARNED), before, str(error))
        else:
            if found is not None:
                yield _earnings(found, Slot(world, EARNED), story, before=before)


def _earnings(found: Document, slot: Slot, story: Story | None, *, before: bool) -> Verdict:
    if story is None:
        return Verdict(slot, before)
    known = {"marks": {one.key for one in story.awards}, "endings": {one.key for one in story.endings}}
    lost = [
        f'The {what[:-1]} "{key}" no longer exists.'
        for what, keys in found.items()
        for key in keys
        if key not in known[what]
    ]
    return Verdict(slot, before, checked=True, changed=bool(lost), lost=few(lost))
