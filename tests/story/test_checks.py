"""What the checks say of names, types, functions, effects and the rest: each row a slip, its code and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import HEADER, LOOSE_ENDS, check_text, codes, underlined

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.diagnostics.diagnostic import Diagnostic, Problems

WORLD = """
variables:
  week: 1
  tone: {start: 2, min: 0, max: 10}
  late: false
  town: Ashgabat
  lean: {one_of: [tech, mind], start: tech}
  mood: {one_of: [low, high]}
  partner: {kind: character, start: ene}
  held: {kind: item}
  anything: {kind: thing}
  piece: {kind: work}
kinds:
  work: {level: {start: 1, min: 1, max: 5}, composer: text, known: flag, style: {one_of: [slow, fast]}}
  character: {bond: number}
works:
  k545: {name: Sonata in C, level: 2, composer: Mozart}
rooms:
  hall: {name: Hall, exits: {up: loft}, dust: 3}
  loft: {name: Loft}
items:
  lamp: {name: lamp, at: hall}
characters:
  ene: {name: Ene, at: hall}
endings:
  end: {name: End}
formulas:
  margin(work, skill): skill + work.level
  ready(who:character, sure:flag): who.bond >= 3 or sure
  base: 3
verbs:
  hang: {phrases: ["hang {item} on {hook:thing}", "hang {item}"], rules: [{if: item == lamp and hook == ene, text: x}]}
scenes:
  wasp: [{mark: here_it_was}, "{hall.dust}"]
  probe: %s
"""


def rows(table: str) -> list[str]:
    """Return what stands between bars and line ends."""
    return [one.strip() for one in table.replace("\n", "|").split("|") if one.strip()]


def reached(problems: Problems) -> list[Diagnostic]:
    """Return the findings, save that nothing leads to the scenes here, which is not the point of them."""
    return [found for found in problems if found.code not in LOOSE_ENDS]


def slips(folder: Path, script: str) -> list[tuple[str, str]]:
    """Return the codes of a script's slips, and what is underlined."""
    return [(found.code.value, underlined(found)) for found in reached(check_text(folder, HEADER + WORLD % script))]


GOOD_CONDITIONS = """
late | not late | week == 1 | 1 <= week < 5 < tone | week != 1 and late or not late | true | lean == tech
tech == lean
lean in (tech, mind) | lean not in (tech,) | mood == low and lean == mind | lean == (tech if late else mind)
partner == ene | partner == nothing | ene == partner | nothing == partner | partner.bond > 2 | ene.bond > 2
hall.dust > 2
has(lamp) | has(held) | here(ene) | here(lamp) | here(partner) | at(hall) | visited(hall) | visited(wasp)
seen(here_it_was) | turns() > 3 | min(1, 2, 3) < max(week, tone) | abs(-week) == 1
week // tone > week % 2 | -week < +tone
margin(k545, tone) > 3 | margin(piece, 1) > base() | ready(ene, late) | ready(partner, true)
piece.level > k545.level
piece.style == slow | k545.style in (slow, fast) | piece.known | town == "Ashgabat"
k545.composer == "Mozart"
piece.composer == town | (week if late else tone) > 1 | week in (1, 2, tone) | late == true
late != (week > 1)
anything == lamp | anything == hall | held == (lamp if late else nothing) | player == player
"""


@pytest.mark.parametrize(
    "condition", [one.strip() for one in GOOD_CONDITIONS.replace("\n", "|").split("|") if one.strip()]
)
def test_a_sound_condition_is_accepted(condition: str, tmp_path: Path) -> None:
    assert slips(tmp_path, f"{{if: '{condition}', text: x}}") == []


GOOD_EFFECTS = """
week += 1 | tone -= 1 | week = tone * 2 | week //= 2 | week %= 3 | week *= -1 | late = true
late = week > 1 | late = not late
lean = mind | lean = tech if late else mind | mood = low | partner = ene | partner = nothing | held = lamp
anything = hall
ene.bond += 1 | partner.bond = 3 | hall.dust = 0 | piece.level += 1 | k545.level = 5 | piece.known = true
piece.style = fast
move(lamp, hall) | move(lamp, player) | move(lamp, ene) | move(ene, loft) | move(held, hall)
move(partner, hall) | remove(lamp)
remove(ene) | week = roll(1, 6) | week = roll(1, tone) + min(1, 2) | move(lamp, hall if late else loft)
"""


@pytest.mark.parametrize("effect", rows(GOOD_EFFECTS))
def test_a_sound_effect_is_accepted(effect: str, tmp_path: Path) -> None:
    assert slips(tmp_path, f"{{do: '{effect}'}}") == []


@pytest.mark.parametrize(
    ("condition", "code", "place"),
    [
        # names
        ("lat", "unknown-name", "lat"),
        ("week > weak", "unknown-name", "weak"),
        ("lean == tone_", "unknown-name", "tone_"),
        ("lean in (tech, mild)", "unknown-name", "mild"),
        ("tech == mood", "unknown-name", "tech"),
        ("wasp", "wrong-kind", "wasp"),
        ("end", "wrong-kind", "end"),
        ("here_it_was", "wrong-kind", "here_it_was"),
        ("base > 1", "wrong-kind", "base"),
        ("visited(attic)", "unknown-name", "attic"),
        ("seen(wasp)", "unknown-name", "wasp"),
        ("seen(nowhere)", "unknown-name", "nowhere"),
        ("min > 1", "unknown-name", "min"),
        # types
        ("week", "type-mismatch", "week"),
        ("town", "type-mismatch", "town"),
        ("hall", "type-mismatch", "hall"),
        ("lean", "type-mismatch", "lean"),
        ("not week", "type-mismatch", "week"),
        ("late and week", "type-mismatch", "week"),
        ("late > 1", "type-mismatch", "late"),
        ("town < 1", "type-mismatch", "town"),
        ("1 < week < town", "type-mismatch", "town"),
        ("late + 1 > 2", "type-mismatch", "late"),
        ('"a" * 2 > 2', "type-mismatch", '"a"'),
        ("week == late", "type-mismatch", "late"),
        ("week == ene", "type-mismatch", "ene"),
        ("lean == 1", "type-mismatch", "1"),
        ("lean == mood", "type-mismatch", "mood"),
        ("week in (1, true)", "type-mismatch", "true"),
        ("(week if week else 2) > 1", "type-mismatch", "week"),
        ("(week if late else town) > 1", "type-mismatch", "town"),
        ("partner == lamp", "type-mismatch", "lamp"),
        ("ene == hall", "type-mismatch", "hall"),
        ("-late < 1", "type-mismatch", "late"),
        # properties
        ("ene.bnod > 1", "unknown-property", "bnod"),
        ("partner.dust > 1", "unknown-property", "dust"),
        ("piece.fingers > 1", "unknown-property", "fingers"),
        ("week.bond > 1", "type-mismatch", "week"),
        ("player.bond > 1", "type-mismatch", "player"),
        ("nothing.bond > 1", "type-mismatch", "nothing"),
        ("anything.bond > 1", "unknown-property", "bond"),
        # functions
        ("hsa(lamp)", "unknown-function", "hsa"),
        ("week()", "unknown-function", "week"),
        ("move(lamp, hall)", "unknown-function", "move"),
        ("has()", "wrong-arguments", "has()"),
        ("at(hall, loft)", "wrong-arguments", "at(hall, loft)"),
        ("min(1) > 0", "wrong-arguments", "min(1)"),
        ("turns(1) > 0", "wrong-arguments", "turns(1)"),
        ("margin(k545) > 0", "wrong-arguments", "margin(k545)"),
        ("margin(ene, 1) > 0", "type-mismatch", "ene"),
        ("margin(k545, late) > 0", "type-mismatch", "late"),
        ("ready(ene, 1)", "type-mismatch", "1"),
        ("has(ene)", "type-mismatch", "ene"),
        ("has(hall)", "type-mismatch", "hall"),
        ("here(hall)", "type-mismatch", "hall"),
        ("here(1)", "type-mismatch", "1"),
        ("at(lamp)", "type-mismatch", "lamp"),
        ("visited(lamp)", "type-mismatch", "lamp"),
        ("abs(late) > 1", "type-mismatch", "late"),
        ("roll(1, 6) == 6", "chance-in-condition", "roll(1, 6)"),
        ("week // 0 > 1", "division-by-zero", "0"),
        ("week % 0 > 1", "division-by-zero", "0"),
    ],
)
def test_a_slip_in_a_condition_is_told(condition: str, code: str, place: str, tmp_path: Path) -> None:
    assert slips(tmp_path, f"{{if: '{condition}', text: x}}") == [(code, place)]


@pytest.mark.parametrize(
    ("effect", "code", "place"),
    [
        ("wek += 1", "unknown-name", "wek"),
        ("town = 1", "not-assignable", "town"),
        ("lamp = ene", "not-assignable", "lamp"),
        ("hall = loft", "not-assignable", "hall"),
        ("nothing = lamp", "not-assignable", "nothing"),
        ("k545.composer = 1", "not-assignable", "k545.composer"),
        ("piece.composer = 1", "not-assignable", "piece.composer"),
        ("week = late", "type-mismatch", "late"),
        ("week += late", "type-mismatch", "late"),
        ("late = 1", "type-mismatch", "1"),
        ("late += 1", "type-mismatch", "late"),
        ("lean += 1", "type-mismatch", "lean"),
        ("lean = low", "unknown-name", "low"),
        ("lean = 1", "type-mismatch", "1"),
        ("partner = lamp", "type-mismatch", "lamp"),
        ("held = hall", "type-mismatch", "hall"),
        ("partner.bond = late", "type-mismatch", "late"),
        ("partner.bnod = 1", "unknown-property", "bnod"),
        ("piece.style = slo", "unknown-name", "slo"),
        ("tone = 11", "out-of-bounds", "11"),
        ("tone = -1", "out-of-bounds", "-1"),
        ("k545.level = 9", "out-of-bounds", "9"),
        ("week = week // 0", "division-by-zero", "0"),
        ("week //= 0", "division-by-zero", "0"),
        ("give(lamp)", "unknown-function", "give"),
        ("has(lamp)", "unknown-function", "has"),
        ("move(lamp)", "wrong-arguments", "move(lamp)"),
        ("remove(lamp, hall)", "wrong-arguments", "remove(lamp, hall)"),
        ("move(hall, loft)", "wrong-kind", "hall"),
        ("move(week, loft)", "wrong-kind", "week"),
        ("move(k545, hall)", "wrong-kind", "k545"),
        ("move(lamp, k545)", "wrong-kind", "k545"),
        ("move(lamp, lamp)", "wrong-kind", "lamp"),
        ("move(ene, player)", "wrong-kind", "player"),
        ("move(ene, ene)", "wrong-kind", "ene"),
        ("move(lamp, hal)", "unknown-name", "hal"),
        ("move(lmap, hall)", "unknown-name", "lmap"),
        ("week + 1", "expression-syntax", "week + 1"),
        ("1 = week", "expression-syntax", "1"),
        ("week = 1 = 2", "expression-syntax", "="),
        ("week == 1", "expression-syntax", "week == 1"),
    ],
)
def test_a_slip_in_an_effect_is_told(effect: str, code: str, place: str, tmp_path: Path) -> None:
    assert slips(tmp_path, f"{{do: '{effect}'}}") == [(code, place)]


@pytest.mark.parametrize(
    ("script", "code", "place"),
    [
        ("{goto: hal}", "unknown-name", "hal"),
        ("{goto: lamp}", "wrong-kind", "lamp"),
        ("{goto: week}", "wrong-kind", "week"),
        ("{call: hall}", "wrong-kind", "hall"),
        ("{call: wsap}", "unknown-name", "wsap"),
        ("{call: wasp(1)}", "wrong-arguments", "wasp(1)"),
        ("{mark: week}", "duplicate-name", "week"),
        ("[{mark: m}, {mark: m}]", "duplicate-name", "m"),
        ("{mark: player}", "reserved-name", "player"),
        ("'{weak}'", "unknown-name", "weak"),
        ("'{week: a | b}'", "type-mismatch", "week"),
        ("'{late: {weak} | b}'", "unknown-name", "weak"),
        ("'{a|{weak}}'", "unknown-name", "weak"),
        ("'{roll(1, 6)}'", "chance-in-condition", "roll(1, 6)"),
        ("{choices: ['{a|b}']}", "text-syntax", "{"),
        ("{choices: [{label: a, if: late, otherwise: '{~a|b}'}]}", "text-syntax", "{"),
        ("{first: [{if: late, text: x, else: y}]}", "bad-rule", "else"),
        ("{text: x, else: y}", "bad-rule", "else"),
        ("{if: late}", "empty-script", "if"),
        ("{}", "empty-script", "{}"),
        ("{choices: [{text: x}]}", "bad-choice", "text"),
        ("{choices: [{label: x, otherwise: y}]}", "bad-choice", "y"),
        ("{chance: [{weight: 0, text: x}]}", "bad-number", "0"),
        ("{return: 1}", "wrong-type", "1"),
        ("{once: yes}", "wrong-type", "yes"),
        ("{do: []}", "empty-script", "do"),
        ("{choices: []}", "empty-script", "choices"),
        ("[{}, {use: nothing_here}]", "unknown-template", "nothing_here"),
    ],
)
def test_a_slip_in_a_script_is_told(script: str, code: str, place: str, tmp_path: Path) -> None:
    assert (code, place) in slips(tmp_path, script)


@pytest.mark.parametrize(
    ("section", "code", "place"),
    [
        ("variables: {a: {kind: perso}}", "unknown-name", "perso"),
        ("variables: {a: {kind: item, start: hall}}", "wrong-kind", "hall"),
        ("variables: {a: {kind: item, start: lmap}}", "unknown-name", "lmap"),
        ("variables: {a: {start: 3, max: 2}}", "out-of-bounds", "3"),
        ("variables: {a: {start: 3, min: 5, max: 4}}", "out-of-bounds", "3"),
        ("variables: {a: {start: x}}", "wrong-type", "x"),
        ("variables: {a: {start: true, min: 0}}", "wrong-type", "true"),
        ("variables: {a: {one_of: []}}", "bad-value", "[]"),
        ("variables: {a: {one_of: [b, b]}}", "bad-value", "[b, b]"),
        ("variables: {a: {one_of: [b], kind: item}}", "bad-value", "kind"),
        ("variables: {a: 1.5}", "bad-number", "1.5"),
        ("variables: {a: 12345678901234}", "bad-number", "12345678901234"),
        ("variables: {a: 9999999999}", "out-of-bounds", "9999999999"),
        ("variables: {A: 1}", "bad-name", "A"),
        ("variables: {hall: 1}", "duplicate-name", "hall"),
        ("variables: {player: 1}", "reserved-name", "player"),
        ("kinds: {thing: {}}", "reserved-name", "thing"),
        ("kinds: {item: {text: number}}", "reserved-name", "text"),
        ("kinds: {song: {level: nmber}}", "wrong-type", "nmber"),
        ("songs: {a: {name: A}}", "unknown-key", "songs"),
        ("kinds: {song: {level: {start: 1, max: 3}}}\nsongs: {a: {name: A, level: 4}}", "out-of-bounds", "4"),
        ("kinds: {song: {level: number}}\nsongs: {a: {name: A, level: x}}", "type-mismatch", "x"),
        ("kinds: {song: {done: flag}}\nsongs: {a: {name: A, done: 3}}", "type-mismatch", "3"),
        ("kinds: {song: {mood: {one_of: [b, c]}}}\nsongs: {a: {name: A, mood: d}}", "type-mismatch", "d"),
        ("kinds: {song: {by: {kind: item}}}\nsongs: {a: {name: A, by: hall}}", "wrong-kind", "hall"),
        ("kinds: {song: {by: {kind: item}}}\nsongs: {a: {name: A, by: 3}}", "type-mismatch", "3"),
        (
            "kinds: {song: {level: number}}\nsongs: {a: {name: A, level: {one_of: [b]}}}",
            "type-mismatch",
            "{one_of: [b]}",
        ),
        ("items: {i: {name: I, at: nowhere}}", "unknown-name", "nowhere"),
        ("items: {i: {name: I, at: i}}", "wrong-kind", "i"),
        ("characters: {c: {name: C, at: player}}", "unknown-name", "player"),
        ("characters: {c: {name: C, at: lamp}}", "wrong-kind", "lamp"),
        ("items: {i: {name: I, txet: x}}", "unknown-key", "txet"),
        ("items: {i: {name: I, actions: {yodel: x}}}", "unknown-verb", "yodel"),
        ("endings: {e: {text: x}}", "missing-key", "text"),
        ("endings: {e: {name: E, rank: 0}}", "bad-number", "0"),
        ("rules: {r: {text: x}}", "bad-rule", "text"),
        ("rules: {r: {each_turn: true, when: 1 > 2, text: x}}", "bad-rule", "each_turn"),
        ("rules: {r: {when: 1, text: x}}", "type-mismatch", "1"),
        ("verbs: {v: {}}", "missing-key", "v"),
        ("verbs: {v: {phrases: '{item} v'}}", "bad-phrase", "'{item} v'"),
        ("verbs: {v: {phrases: 'v {Item}'}}", "bad-phrase", "{Item}"),
        ("verbs: {v: {phrases: 'v {sword}'}}", "unknown-name", "'v {sword}'"),
        ("verbs: {v: {phrases: 'v {item} {item}'}}", "bad-phrase", "'v {item} {item}'"),
        ("verbs: {v: {phrases: [v, w]}, u: {phrases: w}}", "ambiguous-phrase", "w"),
        ("verbs: {v: {phrases: v, rules: [{text: x, else: y}]}}", "bad-rule", "else"),
        ("formulas: {f: g()}", "unknown-function", "g"),
        ("formulas: {'f(a': 1}", "bad-name", "'f(a'"),
        ("formulas: {'f(a, a)': 1}", "bad-name", "'f(a, a)'"),
        ("formulas: {'f(a:b)': 1}", "unknown-name", "'f(a:b)'"),
        ("formulas: {f: f()}", "formula-cycle", "f"),
        ("formulas: {f: g(), g: f()}", "formula-cycle", "g"),
        ("formulas: {'f(a)': a.bond}", "type-mismatch", "a"),
        ("status: ['{weak}']", "unknown-name", "weak"),
        ("status: [{meter: late_, of: 3}]", "unknown-name", "late_"),
        ("status: [{meter: 1 > 2, of: 3}]", "type-mismatch", "1 > 2"),
        ("status: [{meter: 1}]", "missing-key", "meter"),
        ("about: '{weak}'", "unknown-name", "weak"),
    ],
)
def test_a_slip_in_a_section_is_told(section: str, code: str, place: str, tmp_path: Path) -> None:
    base = "\nrooms: {hall: {name: H}}\n" if not section.startswith("rooms") else "\n"
    lamp = "" if section.startswith("items") else "items: {lamp: {name: L}}\n"
    found = check_text(tmp_path, HEADER + section + base + lamp)
    assert [(one.code.value, underlined(one)) for one in found] == [(code, place)]


@pytest.mark.parametrize(
    ("room", "code", "place"),
    [
        ("{name: H, exits: {up: lotf}}", "unknown-name", "lotf"),
        ("{name: H, exits: {up: lamp}}", "wrong-kind", "lamp"),
        ("{name: H, exits: {up: loft, Up: loft}}", "duplicate-key", "Up"),
        ("{name: H, exits: {up: loft, up: loft}}", "duplicate-key", "up"),
        ("{name: H, exits: {'up there': loft}}", "bad-name", "'up there'"),
        ("{name: H, exits: {up: {if: true}}}", "missing-key", "if"),
        ("{name: H, exits: {up: {to: loft, otherwise: No.}}}", "bad-rule", "{to: loft, otherwise: No.}"),
        ("{name: H, exits: {up: {to: loft, if: 1}}}", "type-mismatch", "1"),
        ("{name: H, exits: up}", "wrong-type", "up"),
        ("{name: H, description: x}", "unknown-key", "description"),
        ("{name: H, smell: 3}", "unknown-key", "smell"),
        ("{name: H, Smell: 3}", "bad-name", "Smell"),
        ("{name: H, smell: [a]}", "unknown-key", "smell"),
        ("{name: H, text: [x, {y}]}", "wrong-type", "{y}"),
        ("{name: H, text: It is cold, and wet}", "unknown-key", "and wet"),
        ("{name: H, text: [He said: no]}", "unknown-key", "He said"),
        ("{name: }", "wrong-type", ""),
        ("{name: H, name: I}", "duplicate-key", "name"),
        ("{}", "missing-key", "{}"),
        ("hall", "wrong-type", "hall"),
        ("[]", "wrong-type", "[]"),
    ],
)
def test_a_slip_in_a_room_is_told(room: str, code: str, place: str, tmp_path: Path) -> None:
    rooms = f"rooms: {{hall: {room}, loft: {{name: L}}}}\nitems: {{lamp: {{name: L}}}}\n"
    found = check_text(tmp_path, HEADER + rooms)
    assert [(one.code.value, underlined(one)) for one in found] == [(code, place)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("rooms: {hall: {name: H, text: Cold, and wet}}", "inside { } a text with a comma in it must be put in quotes"),
        ("rooms: {hall: {name: H, text: {week}}}", "a text that begins with { must be put in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a:\n  - He said: no\n", "a text with `: ` in it must be put in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: He said: no\n", "a text with `: ` in it must be put in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: {text: He said: no}\n", "must be put in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: *emphasis* is here\n", "put the text in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: !shout\n", "a text that begins with ! must be put in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: @home\n", "put the text in quotes"),
        ("rooms:\n  hall: {name: H}\nscenes:\n  a: 'It's cold'\n", "quotes"),
        ('rooms:\n  hall: {name: H}\nscenes:\n  a: "It is" cold\n', "quotes"),
    ],
)
def test_what_yaml_makes_of_unquoted_text_is_explained(text: str, hint: str, tmp_path: Path) -> None:
    found = list(check_text(tmp_path, HEADER + text))
    assert any(hint in one.hint for one in found), [(one.message, one.hint) for one in found]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rooms: {hall: {name: H, txt: x}}", "text"),
        ("rooms: {hall: {name: H, desc: x}}", "text"),
        ("rooms: {hall: {name: H, exts: {}}}", "exits"),
        ("rooms: {hall: {title: H}}", "name"),
        ("rooms: {hall: {name: H}}\nscenes: {a: {condition: 1 > 2, text: x}}", "if"),
        ("rooms: {hall: {name: H}}\nscenes: {a: {effects: x, text: x}}", "do"),
        ("rooms: {hall: {name: H}}\nscenes: {a: {next: hall, text: x}}", "goto"),
        ("rooms: {hall: {name: H}}\nscenes: {a: {options: [x]}}", "choices"),
        ("rooms: {hall: {name: H}}\nscenes: {a: {choices: [{option: x, text: y}]}}", "label"),
        ("rooms: {hall: {name: H}}\nnpcs: {}", "characters"),
        ("rooms: {hall: {name: H}}\nvars: {}", "variables"),
        ("rooms: {hall: {name: H}}\nmacros: {}", "templates"),
        ("rooms: {hall: {name: H}}\nvariables: {a: {value: 1, min: 0}}", "start"),
        ("rooms: {hall: {name: H}}\nitems: {a: {name: A, location: hall}}", "at"),
        ("rooms: {hall: {name: H}}\nitems: {a: {name: A, synonyms: [b]}}", "aka"),
        ("rooms: {hall: {name: H}}\nscens: {a: x}", "scenes"),
    ],
)
def test_a_near_miss_or_anothers_word_is_answered_with_ours(written: str, meant: str, tmp_path: Path) -> None:
    found = list(check_text(tmp_path, HEADER + written))
    assert f"did you mean `{meant}`?" in {one.label.text for one in found}


def test_a_broken_declaration_makes_no_name_unknown(tmp_path: Path) -> None:
    text = "rooms: {hall: [], loft: {name: L, exits: {down: hall}}}\nvariables: {a: 1.5, b: []}\nformulas: {f: '('}\n"
    use = "scenes: {s: [{if: a > 1 and f() > b, goto: hall}, {do: a += 1}, '{visited(hall): x}']}\nverbs: {v: []}\n"
    more = "items: {i: {name: I, at: hall, actions: {v: x}, p: 1.5}}\nkinds: {k: 3}\n"
    more += "endings: {e: {name: E, text: '{i.p}'}}\n"
    found = check_text(tmp_path, HEADER + text + use + more)
    assert not {"unknown-name", "unknown-function", "unknown-property", "unknown-verb"} & set(codes(found))
    assert len(found) == 7


def test_two_declarations_are_both_shown(tmp_path: Path) -> None:
    (found,) = check_text(tmp_path, HEADER + "rooms: {hall: {name: H}, hall: {name: I}}\n")
    (other,) = found.others
    assert found.label.span.start > other.span.start
    assert other.text == "the first is here"


def test_an_enumerations_names_may_be_those_of_other_things(tmp_path: Path) -> None:
    text = "variables: {a: {one_of: [hall, b]}, b: {one_of: [hall, b]}}\nrooms: {hall: {name: H}}\n"
    probe = (
        "scenes: {s: [{if: a == hall, do: a = b}, {if: 'b == b and at(hall)', do: b = hall}, {if: a == b, text: x}]}\n"
    )
    assert reached(check_text(tmp_path, HEADER + text + probe)) == []


@pytest.mark.parametrize(
    ("scenes", "code"),
    [
        ("a: {goto: a}", "endless"),
        ("a: {goto: b}\n  b: {goto: a}", "endless"),
        ("a: [{mark: m}, x, {goto: m}]", "endless"),
        ("a: [x, {call: a}]", "endless"),
        ("a: [{mark: m}, {choices: [{fallback: true, goto: m}]}]", "endless"),
        ("a: [{mark: m}, {if: turns() > 3, goto: m}]", "may-not-stop"),
        ("a: [{mark: m}, {choices: [{label: x, if: turns() > 3}]}, {goto: m}]", "may-not-stop"),
        ("a: [{mark: m}, {choices: [{label: x, once: true}]}, {goto: m}]", "may-not-stop"),
        ("a: [{mark: m}, {chance: [{goto: m}, {text: x}]}]", "may-not-stop"),
        ("a: [{mark: m}, {choices: [{label: x, goto: m}]}]", ""),
        ("a: [{choices: [x, y]}, {goto: a}]", ""),
        ("a: [{call: b}, {goto: b}]\n  b: x", ""),
    ],
)
def test_a_script_that_can_run_for_ever_is_found(scenes: str, code: str, tmp_path: Path) -> None:
    found = check_text(tmp_path, HEADER + f"rooms: {{hall: {{name: H}}}}\nscenes:\n  {scenes}\n")
    assert [one.code.value for one in reached(found)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("scenes", "stranded"),
    [
        ("a: x", True),
        ("a: {goto: hall}", False),
        ("a: {goto: end}", False),
        ("a: {call: b}\n  b: {goto: hall}", False),
        ("a: [{call: b}, {goto: hall}]\n  b: x", False),
        ("a: {if: turns() > 3, goto: hall}", True),
        ("a: {if: turns() > 3, goto: hall, else: {goto: end}}", False),
        ("a: {choices: [{label: x, goto: hall}, y]}", True),
        ("a: {choices: [{label: x, goto: hall}, {label: y, goto: end}]}", False),
        ("a: [{choices: [{label: x, if: turns() > 3, goto: hall}]}]", True),
        ("a: {chance: [{goto: hall}, {goto: b}]}\n  b: {return: true}", True),
        # `c` is asked about first from within `b`, which it calls itself
        (
            """a: [{call: b}, {call: c}]
  b: [{if: turns() > 1, call: c}, x]
  c: [{choices: [{label: x, call: b}]}, x]""",
            True,
        ),
    ],
)
def test_a_start_that_leads_to_no_room_is_found(scenes: str, stranded: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column
    header = HEADER.replace("start: hall", "start: a")
    rest = f"rooms: {{hall: {{name: H}}}}\nendings: {{end: {{name: E}}}}\nscenes:\n  {scenes}\n"
    assert ("nowhere" in codes(check_text(tmp_path, header + rest))) is stranded
