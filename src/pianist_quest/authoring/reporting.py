"""What the explorer has shown of a world, as text, as JSON, as walkthroughs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.explore.verdict import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .exploring import Claim, Report
    from .ways import Way

_KINDS: Final = ("rooms", "scenes", "choices", "topics", "marks")
"""What can be unreached."""
_MOST_SHOWN: Final = 60
"""How many commands of a way the text shows; JSON and walkthroughs have all of them."""
_MOST_NAMES: Final = 20
"""How many names of what is not reached the text shows."""


# As text


def told(report: Report) -> Iterator[str]:
    """Yield a report's lines; the first says how far it goes."""
    size = f"{report.states:,} states, {report.transitions:,} steps, {report.seconds:.1f} s"
    if report.complete:
        yield f"complete: {size}"
    else:
        plural = "question" if report.open == 1 else "questions"
        yield f"stopped at {report.stopped_by}: {size}; {report.open} {plural} open"
    for one in report.endings:
        yield from _claim("ending", one, {Answer.PROVED: "reached", Answer.BROKEN: "never reached"})
    if report.stuck:
        yield f"stuck: {report.stuck:,} states from which no ending can be reached; the last of these closes the way:"
        yield from _way(report.stuck_way)
    elif report.proof is not None and report.proof.holds:
        kept = ", ".join(report.proof.kept) or "nothing but the room"
        yield f"stuck: nobody, proved by {report.proof.standings:,} standings that keep {kept}"
    else:
        yield "stuck: nobody" if report.complete else "stuck: open (nobody, as far as was looked)"
    for one in report.promises:
        yield from _claim("promise", one, {Answer.PROVED: "kept", Answer.BROKEN: "broken"})
    never = "never reached" if report.covered else "not reached yet"
    for what in _KINDS:
        yield from _listed(f"{what} {never}", getattr(report.unreached, what))
    yield from _listed("text variants not shown yet", report.unseen)
    yield from (f"runs on for ever: {name}" for name in report.halted)


def _listed(what: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"{what}: {len(names)}"
        yield from (f"  {name}" for name in names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            yield f"  and {len(names) - _MOST_NAMES} more; --json has all"


def way_as_json(claim: Claim) -> str:
    """Return what is known of a way that was asked for as JSON."""
    document = {"goal": claim.name, "answer": claim.answer.value, **_way_document(claim.way)}
    return json.dumps(document, indent=2, ensure_ascii=False)


def told_way(claim: Claim) -> Iterator[str]:
    """Yield what is known of a way that was asked for."""
    yield from _claim("the goal", claim, {Answer.PROVED: "reached", Answer.BROKEN: "cannot be reached"})


def _claim(what: str, one: Claim, words: dict[Answer, str]) -> Iterator[str]:
    count = ""
    if one.way:
        count = f" in {len(one.way.commands)}{'' if one.way.least else ' (there may be a shorter way)'}"
    yield f"{what} {one.name}: {words.get(one.answer, 'open')}{count}"
    yield from _way(one.way)


def _way(way: Way | None) -> Iterator[str]:
    if way is None or not way.commands:
        return
    seed = f"seed {way.seed}" if way.seed is not None else "no seed found for the luck it takes"
    luck = f"  [{seed}]" if way.luck else ""
    shown = way.commands if len(way.commands) <= _MOST_SHOWN else (*way.commands[:_MOST_SHOWN], "...")
    yield f"  > {' / '.join(shown)}{luck}"


# As JSON


def as_json(report: Report) -> str:
    """Return a report as JSON."""
    document = {
        "complete": report.complete, "stopped_by": report.stopped_by, "states": report.states,
        "transitions": report.transitions, "seconds": round(report.seconds, 3),
        "endings": {
            one.name: {
                "reachable": {Answer.PROVED: True, Answer.BROKEN: False}.get(one.answer), **_way_document(one.way),
            }
            for one in report.endings
        },
        "stuck": {"states": report.stuck, "nobody": report.nobody_stuck, **_way_document(report.stuck_way)},
        "proof": report.proof and {
            "holds": report.proof.holds, "standings": report.proof.standings, "kept": report.proof.kept,
            "seconds": round(report.proof.seconds, 3),
        },
        "dead_ends": report.dead_ends,
        "unreached": {
            "certain": report.covered,
            **{what: getattr(report.unreached, what) for what in _KINDS},
            "text_variants": report.unseen,
        },
        "promises": {one.name: {"answer": one.answer.value, **_way_document(one.way)} for one in report.promises},
        "halted": report.halted,
    }  # fmt: skip
    return json.dumps(document, indent=2, ensure_ascii=False)


def _way_document(way: Way | None) -> dict[str, Any]:
    if way is None:
        return {"shortest": None, "commands": None, "seed": None}
    shortest = len(way.commands) if way.least else None
    return {"shortest": shortest, "commands": list(way.commands), "seed": way.seed}


# As walkthroughs


def walkthroughs(report: Report) -> Iterator[tuple[str, str]]:
    """Yield a walkthrough for each ending that was reached: its name, and its text."""
    for one in report.endings:
        if one.way is not None and one.way.seed is not None:
            lines = [f"[seed {one.way.seed}]", *(f"> {line}" for line in one.way.commands), f"[ending {one.name}]"]
            yield f"shortest_{one.name}.txt", "\n".join(lines) + "\n"
