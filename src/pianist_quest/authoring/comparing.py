"""Two versions of a world compared by what they are, and which plays and saved games of the old one still go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.saves.checking import verified

from .facts import facts, header_facts, spec_words
from .readable import sections
from .walkthrough import first_difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.saves.store import Store
    from pianist_quest.story.story import Story
    from pianist_quest.worldfile.model import World

_TAG: Final = re.compile(r"<[^>]*>")
_WIDE: Final = 200
"""How much of a line is shown, in characters."""
Entries = dict[tuple[str, str], list[str]]
"""By section and name, what is written there, a line for each text, condition and effect."""


@dataclass(frozen=True, slots=True)
class Change:
    """A thing of a world that was added (+), removed (-), renamed (>) or changed (~), with the lines that differ."""

    sign: str
    section: str
    name: str
    lines: tuple[str, ...] = ()


def changes(old: World, new: World) -> Iterator[Change]:
    """Yield what differs, in the order of the new version's sections; what was removed comes first."""
    before, after = _entries(old), _entries(new)
    renamed = {former.name: now.name for former, now in new.header.renamed}
    for key, lines in before.items():
        before[key] = _with_new_names(lines, after.get((key[0], renamed.get(key[1], key[1])), []), renamed)
    for section, name in before:
        now = renamed.get(name)
        if now is not None and (section, now) in after and (section, name) not in after:
            yield Change(">", section, f"{name}, now {now}", _lines(before[section, name], after[section, now]))
            after.pop((section, now))
        elif (section, name) not in after:
            yield Change("-", section, name)
    for (section, name), lines in after.items():
        if (section, name) not in before:
            yield Change("+", section, name)
        elif different := _lines(before[section, name], lines):
            yield Change("~", section, name, different)


def told(found: Iterable[Change]) -> Iterator[str]:
    """Yield changes as lines."""
    for one in found:
        yield f"{one.sign} {one.section} {one.name}"
        yield from (f"    {line}" for line in one.lines)


def broken_walkthroughs(new: Story, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the walkthroughs of the old version that do not play in the new one, each with its first difference."""
    for name, text in texts:
        difference = first_difference(new, text)
        if difference is not None:
            yield f"{name}:{difference.text(name).partition(':')[2].splitlines()[0]}"


def broken_saves(new: Story, store: Store) -> Iterator[str]:
    """Yield the saved games that cannot be loaded in the new version, or lose something there."""
    for slot in store.slots(new.key):
        for verdict in verified(store, slot, new):
            if verdict.problem or verdict.lost:
                before = " (the one before)" if verdict.before else ""
                yield f"{slot.name}{before}: {verdict.problem or ' '.join(verdict.lost)}"


def _with_new_names(old: list[str], new: list[str], renamed: dict[str, str]) -> list[str]:
    """Return old lines, those that differ from a new one by nothing but renamed names as that one."""
    if not renamed:
        return old
    former = re.compile(rf"\b({'|'.join(map(re.escape, renamed))})\b")
    now = [former.sub(lambda found: renamed[found[0]], line) for line in old]
    return [after if after in new and before not in new else before for before, after in zip(old, now, strict=True)]


def _lines(old: list[str], new: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [f"- {_short(line)}" for line in old[a:b]]
            found += [f"+ {_short(line)}" for line in new[c:d]]
    return tuple(found)


def _short(line: str) -> str:
    return line if len(line) <= _WIDE else f"{line[:_WIDE]}\N{HORIZONTAL ELLIPSIS}"


def _entries(world: World) -> Entries:
    found: Entries = {("header", name): [value] for name, value in _header(world)}
    for name, value in header_facts(world.header):
        found.setdefault(("header", name), []).append(value)
    for ref, variable in world.variables:
        found["variables", ref.name] = [spec_words(variable.spec), variable.label]
    for ref, formula in world.formulas:
        given = ", ".join(f"{name}:{kind}" if kind else name for name, kind in formula.parameters)
        found["formulas", ref.name] = [f"({given})", formula.body.at.value]
    for ref, kind in world.kinds:
        found["kinds", ref.name] = [f"{name.name}: {spec_words(one.spec)}" for name, one in kind.properties]
    for sort, things in world.things:
        for ref, thing in things:
            found[sort.name, ref.name] = [thing.name, *facts(thing)]
    for section, entries in sections(world):
        declared = {ref.name: one for ref, one in getattr(world, section)}
        for title, *lines in entries:
            name = title.partition('id="')[2].partition('"')[0]
            told = [text for line in (title, *lines) if (text := _plain(line))]
            found[section, name] = [*told, *facts(declared[name])]
    return found


def _plain(line: str) -> str:
    """Return a line of the page as text; where a title stands in its file is no part of it."""
    return unescape(_TAG.sub("", re.sub(r"<code>\w+, [^<]*:\d+</code>", "", line))).strip()


def _header(world: World) -> Iterator[tuple[str, str]]:
    header: Any = world.header
    for name in ("title", "author", "language", "carry", "hints"):
        yield name, str(getattr(header, name))
    yield "start", header.start.name
    for name in ("about", "content_note", "credits"):
        prose = getattr(header, name)
        yield name, prose.at.value if prose else ""
