"""Files that nobody should have to write: each a name, and the bytes of a `world.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from support import HALL, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

START = HEADER + HALL


def every_file() -> dict[str, bytes]:
    """Return all files by name."""
    found: dict[str, bytes] = {}
    for make in (bombs, deep, bytes_of_all_sorts, yaml_oddities, broken_yaml, numbers, names, shapes, templates,
                 expressions, texts, flows, crowds):  # fmt: skip
        for name, text in make():
            title = f"{make.__name__}: {name}"
            assert title not in found
            found[title] = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return found


Files: TypeAlias = "Iterator[tuple[str, str | bytes]]"


def scene(script: str) -> str:
    """A world with one scene, `script` being put behind its name."""
    return f"{START}scenes:\n  a: {script}\n"


def bombs() -> Files:
    lines = ["a0: &a0 [la, la, la, la, la, la, la, la, la, la]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    yield "aliases in lists", "\n".join(lines)
    maps = ["a0: &a0 {k: v}"]
    maps += [f"a{i}: &a{i} {{{', '.join(f'k{j}: *a{i - 1}' for j in range(10))}}}" for i in range(1, 12)]
    yield "aliases in mappings", "\n".join(maps)
    yield "aliases in a scene", START + "scenes:\n" + "\n".join(f"  {line}" for line in lines)
    yield "one alias very often", START + "scenes:\n  a: &a [x]\n  b: [" + "*a, " * 30_000 + "]\n"
    yield "a long text by alias", f"a: &a {'x' * 100_000}\nb: [{'*a, ' * 20_000}]\n"
    yield (
        "aliases that go deeper",
        (
            "a: &a "
            + "[" * 90
            + "]" * 90
            + "\n"
            + "".join(f"a{i}: &a{i} {'[' * 50}*a{i - 1 if i else ''}{']' * 50}\n" for i in range(40))
        ),
    )
    chain = "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 3000))
    yield "a long chain of aliases", "a0: &a0 [x]\n" + chain
    yield "an alias of itself", scene("&x [*x]")
    yield "an alias of its parent", scene("&x {then: {then: *x}}")
    yield "an alias in its own key", "&x {*x : 1}"
    yield "the whole file in itself", "&x\nformat: 1\nrooms: *x\n"
    yield "an anchor in use twice", scene("[&x a, &x b, *x]")
    yield "quadratic anchors", "".join(f"k{i}: &a{i} x\n" for i in range(20_000))
    yield "lists in a row", START + "scenes:\n  a:\n" + "    - x\n" * 50_000
    yield "a list in one line", scene("[" + "x, " * 50_000 + "]")
    yield "very many keys", "".join(f"k{i}: 1\n" for i in range(20_000))
    yield "the same key for ever", "a: 1\n" * 20_000
    yield "a very long key", "k" * 200_000 + ": 1\n"
    yield "a long key in quotes", '"' + "k" * 200_000 + '": 1\n'
    yield "a very long line", f"title: {'x' * 1_000_000}\n"
    yield "a very long comment", "# " + "x" * 1_000_000
    yield "very many comments", "# x\n" * 100_000
    yield "very many blank lines", "\n" * 500_000
    yield "very many spaces", " " * 1_000_000
    yield "very many documents", "---\n" * 50_000
    yield "very many directives", "%FOO bar\n" * 20_000 + "---\na: 1"
    yield "a long tag", "!" + "x" * 100_000 + " a"
    yield "a long anchor", "&" + "x" * 100_000 + " a"
    yield "brackets that open", "[" * 100_000
    yield "braces that open", "{" * 100_000
    yield "brackets that close", "]" * 100_000
    yield "questions", "? " * 50_000
    yield "hyphens", "- " * 50_000
    yield "colons", ": " * 50_000
    yield "commas", "[" + "," * 50_000 + "]"
    yield "quotes", "'" * 99_999
    yield "double quotes", '"' * 99_999


def nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


def blocks(lines: tuple[str, ...], times: int, inner: str) -> str:
    """Block steps in block steps."""
    made, depth = [], 2
    for _ in range(times):
        for line in lines:
            made.append("  " * depth + line)
            depth += 1
    return scene("\n" + "\n".join(made) + "\n" + "  " * depth + inner)


def deep() -> Files:
    worst = '{if: "' + nested("(", "1", ")", 39) + ' > 0", text: "' + nested("{1 > 0: ", "x", "}", 12) + '"}'
    for times in (30, 48, 97, 98, 99, 100, 101, 500):
        yield f"{times} steps in braces", scene(nested("{then: ", "x", "}", times))
        yield f"{times} lists", scene(nested("[", "x", "]", times))
        yield f"{times} elses", scene(nested("{if: 1 > 2, then: x, else: ", "x", "}", times))
        yield f"{times} steps with the worst inside", scene(nested("{then: ", worst, "}", times - 1))
    for times in (24, 32, 33, 48, 49, 50):
        yield f"{times} choices", scene(nested("{choices: [{label: x, then: ", "x", "}]}", times))
        yield f"{times} short choices", scene(nested("{choices: [{x: ", worst, "}]}", times))
        yield f"{times} firsts", scene(nested("{first: [{if: 1 > 2, then: ", "x", "}]}", times))
        yield f"{times} chances", scene(nested("{chance: [{then: ", "x", "}]}", times))
        yield f"{times} block steps", blocks(("- if: true", "  then:"), times, "x")
        yield f"{times} block choices", blocks(("- choices:", "  - x:"), times, "- x")
    yield "a deep status", START + f"status: {nested('[', 'x', ']', 99)}\n"
    yield "a deep variable", START + f"variables: {{a: {nested('{start: ', '1', '}', 90)}}}\n"
    yield "a deep property", HEADER + f"rooms: {{hall: {{name: H, p: {nested('{start: ', '1', '}', 90)}}}}}\n"
    yield "deep keys", "? " * 90 + "x"
    yield "a deep key in braces", nested("{", "a", ": b}", 50)


def bytes_of_all_sorts() -> Files:
    yield "nothing", b""
    yield "only a BOM", b"\xef\xbb\xbf"
    yield "a BOM", b"\xef\xbb\xbf" + START.encode()
    yield "two BOMs", b"\xef\xbb\xbf\xef\xbb\xbf" + START.encode()
    yield "a BOM inside", START + "scenes: {a: \ufeffx}\n"
    yield "UTF-16 little", START.encode("utf-16")
    yield "UTF-16 big without a BOM", START.encode("utf-16-be")
    yield "UTF-32", START.encode("utf-32")
    yield "Latin 1", START.encode() + b"scenes: {a: caf\xe9}\n"
    yield "an overlong slash", START.encode() + b"scenes: {a: \xc0\xaf}\n"
    yield "an overlong NUL", START.encode() + b"scenes: {a: \xc0\x80}\n"
    yield "a surrogate in bytes", START.encode() + b"scenes: {a: \xed\xa0\x80}\n"
    yield "a cut character", START.encode() + b"scenes: {a: \xe2\x82"
    yield "beyond Unicode", START.encode() + b"scenes: {a: \xf4\x90\x80\x80}\n"
    yield "all bytes", bytes(range(256)) * 40
    yield "all bytes from above", bytes(range(255, -1, -1)) * 40
    yield "zeros", b"\0" * 10_000
    yield "an executable", b"\x7fELF\x02\x01\x01" + b"\0" * 100
    yield "a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    yield "a zip", b"PK\x03\x04\x14\0\0\0"
    yield "CRLF", START.replace("\n", "\r\n")
    yield "CR", START.replace("\n", "\r")
    yield (
        "line ends of all sorts",
        "format: 1\r\ntitle: T\rstart: hall\n" + HALL + "scenes: {a: 'x\u2028y\u2029z\x85w'}\n",
    )
    yield "no line end", START.rstrip()
    for number in (0, 1, 7, 8, 11, 12, 14, 27, 31, 127, 128, 155, 159, 0xFFFE, 0xFFFF, 0xE000, 0x1FFFF, 0x10FFFF):
        yield f"the character U+{number:04X}", scene(f"a{chr(number)}b")
    for number in (0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200B, 0x2028, 0x00AD, 0x061C, 0xFFF9, 0x1D173):
        yield f"the mistake at U+{number:04X}", scene(f'"{chr(number)}{{nobody}}{chr(number)}"')
        yield f"the name with U+{number:04X}", START + f"variables: {{a{chr(number)}b: 1}}\n"
    for escape in ("\\0", "\\a", "\\b", "\\e", "\\x1b[2J", "\\x7f", "\\x9b", "\\ud800", "\\udfff", "\\ud83d\\ude00",
                   "\\uFFFE", "\\uFFFF", "\\U0001F600", "\\U00110000", "\\UFFFFFFFF", "\\u202e", "\\u12", "\\xZZ",
                   "\\q",
                   "\\N", "\\_", "\\L", "\\P", "\\/", "\\\t", "\\ "):  # fmt: skip
        yield f"the escape {escape!r}", scene(f'"a{escape}b {{nobody}}"')
    yield "escapes in a name", START + 'variables: {"\\e[31m": 1, "\\ud800": 2, "a\\0": 3}\n'
    yield "an escape in a title", f'format: 1\ntitle: "\\e]0;owned\\a"\nstart: hall\n{HALL}'
    yield "combining signs", scene('"' + "e\u0301" * 200 + '{nobody}"')
    yield "a thousand accents", scene('"e' + "\u0301" * 1000 + '{nobody}"')
    yield "families", scene('"' + "👩\u200d👩\u200d👧\u200d👦" * 20 + '{nobody}"')
    yield "Arabic", scene('"مرحبا {nobody} سلام"')
    yield "wide letters", scene('"漢字{nobody}"')


def yaml_oddities() -> Files:
    for tag in ("!", "!!str", "!!python/object/apply:os.system", "!!binary", "!!set", "!!omap", "!!timestamp",
                "!local",
                "!<tag:yaml.org,2002:int>", "!!int", "!!float", "!!null", "!!merge"):  # fmt: skip
        yield f"the tag {tag}", scene(f"{tag} x")
        yield f"the tag {tag} before a list", scene(f"{tag} [x]")
    yield "a tag directive", "%TAG ! tag:example.com,2000:\n---\n" + scene("!x y")
    yield "a version directive", "%YAML 1.2\n---\n" + START
    yield "a version from the future", "%YAML 9.9\n---\n" + START
    yield "a merge of an alias", HEADER + "rooms: {hall: &h {name: H}, b: {<<: *h}}\n"
    yield "a merge of a list", HEADER + "rooms: {hall: &h {name: H}, b: {<<: [*h, *h]}}\n"
    yield "a merge of a text", HEADER + "rooms: {hall: {name: H, <<: x}}\n"
    yield "a merge in quotes", HEADER + 'rooms: {hall: {name: H, "<<": x}}\n'
    yield "a second document", START + "---\n" + START
    yield "an end", START + "...\n"
    yield "text behind the end", START + "...\nmore\n"
    yield "a list as a key", START + "? [a, b]\n: c\n"
    yield "a mapping as a key", START + "? {a: b}\n: c\n"
    yield "a list in braces as a key", START + "scenes: {[a]: b}\n"
    yield "an alias as a key", START + "scenes: {a: &x b, *x : c}\n"
    yield "an alias of a list as a key", START + "scenes: {a: &x [b], *x : c}\n"
    yield "no key at all", START + "scenes: {: b}\n"
    yield "a null key", START + "scenes: {null: b, ~: c}\n"
    yield "a number as a key", START + "scenes: {1: b, 2.5: c, true: d}\n"
    yield "a question without an answer", START + "scenes:\n  ? a\n"
    yield "only a text", "hello"
    yield "only a number", "42"
    yield "only a list", "[1, 2, 3]"
    yield "only null", "~"
    yield "only an empty mapping", "{}"
    yield "only an empty list", "[]"
    yield "only an anchor", "&a"
    yield "only a tag", "!a"
    yield "only an alias", "*a"
    yield "only comments", "# a\n# b\n"
    yield "only a document start", "---"
    yield "only a document end", "..."
    yield "an octal number", START + "variables: {a: 0o17, b: 017, c: 0x1F, d: 0b1, e: 1_000, f: 1:30}\n"
    yield "flags of 1.1", START + "variables: {a: yes, b: on, c: No, d: OFF, e: y, f: TRUE}\n"
    yield "nulls", START + "variables: {a: ~, b: null, c: Null, d: NULL, e: }\n"
    yield "dates", START + "variables: {a: 2001-01-01, b: 2001-12-14t21:59:43.10-05:00}\n"
    yield "blocks of all sorts", START + "scenes:\n  a: |2-\n     x\n  b: >+\n    y\n\n\n  c: |-\n  d: >9\n    z\n"
    yield "a block that is too shallow", START + "scenes:\n  a: |4\n    x\n"
    yield "a block with a comment", START + "scenes:\n  a: | # comment\n    {nobody}\n"
    yield "a folded mistake", START + "scenes:\n  a: >\n    one\n    two {nobody}\n\n      three\n    four {nobody2}\n"
    yield "an anchored mistake", scene("&nobody '{nobody}'")


def broken_yaml() -> Files:
    for text in ("a: b: c", "a: 'b", 'a: "b', "a: [b", "a: {b", "a: b]", "a: }", "- a\nb: c", "a:\n  b\n c: d",
                 "a:\n\tb: c",
                 "a: @b", "a: `b", "a: %b", "a: *b", "a: &", "a: !", "a: |x\n  b", "a: >10\n  b", "a: 'b' c",
                 'a: "b" c',
                 "a: [b]]", "a: {b: c}}", "a: - b", "a: ? b", "? a\n? b\n- c", "a\nb: c", "a: b\n  c: d",
                 "a: |\n b\nc",
                 "[a, b", "{a: b", "[a: b: c]", "{a: 'b}", "{a, b: c", "a: [b,\nc: d", "- - a\n - b", "a:: b: c",
                 ":", "-",
                 "?", "? :", "&a &b c", "!a !b c", "*a b", "a: *b c", "'a': 'b': 'c'", 'a: "\\\n', "a: '\n'\n'",
                 "%", "% \n---",
                 "%YAML\n---", "%YAML x\n---", "--- |\n%a", "a: b #c\n  d: e", "a: #", "a: b\n\t\n",
                 "a:\n  - b\n  c", "\ta: b",
                 "a: \tb: c", "a: [\tb\n\t]", "a: {b: c,\n\td: e}", "- \ta: b", "a: b\n...\n...", "---\n---",
                 "--- a\n--- b",
                 "a: 'b\n---\nc'", 'a: "b\n...\nc"', "a: [b\n---\nc]", "{[{[{[", "]}]}", "[[[}}}", "'''", '"""',
                 "'", '"',
                 "|", ">", "|\n", "@", "`", ",", "[,]", "{,}", "[a,,b]", "{a: b,,c: d}", "a: [1,2", '"a\nb": c',
                 "a\n b\n c: d",
                 "a: b\na: c\n a: d", "key: [a, b]: c", "{a: b}: c: d", "a: {b: c}: d"):  # fmt: skip
        yield repr(text), text
        yield f"{text!r} in a scene", START + "scenes:\n" + "".join(f"  {line}\n" for line in text.split("\n"))


def numbers() -> Files:
    for number in ("9" * 12, "9" * 13, "9" * 5000, "-" + "9" * 5000, "0x" + "F" * 5000, "0o" + "7" * 5000,
                   "0." + "1" * 5000,
                   "1e999", "1e-999", ".inf", "-.INF", ".nan", "1.5", "-0", "+0", "1.", ".5", "1e3", "0x", "0o8",
                   "1_000",
                   "٣", "\uff13", "1000000001", "-1000000001", "--1", "1,5", "∞"):  # fmt: skip
        short = number if len(number) < 20 else f"{number[:6]}... ({len(number)})"
        yield f"{short} as a variable", START + f"variables: {{a: {number}, b: {{start: {number}}}}}\n"
        yield f"{short} as a bound", START + f"variables: {{a: {{start: 1, min: {number}, max: {number}}}}}\n"
        yield f"{short} as a property", HEADER + f"rooms: {{hall: {{name: H, p: {number}}}}}\n"
        yield f"{short} as a format", START.replace("format: 1", f"format: {number}")
        yield f"{short} as a weight", scene(f"{{chance: [{{weight: {number}, text: x}}]}}")
        yield f"{short} in an expression", scene(f"{{if: '{number} > 1', text: x}}")
        yield f"{short} in an effect", START + f"variables: {{v: 1}}\nscenes: {{a: {{do: 'v = {number}'}}}}\n"


def names() -> Files:
    words = ("and", "or", "not", "in", "if", "else", "true", "false", "nothing", "player", "has", "here", "at",
             "visited",
             "seen", "turns", "min", "max", "abs", "roll", "move", "remove", "thing", "number", "flag", "text",
             "name",
             "aka", "actions", "room", "item", "__builtins__", "__class__", "self", "lambda", "v", "p", "n", "r",
             "x-y",
             "X", "1a", "a b", "", "é", "hall", "a" * 300, "no", "use", "<<")  # fmt: skip
    for word in words:
        key = f'"{word}"'
        yield (
            f"{word[:20]!r} everywhere",
            HEADER
            + (
                f"rooms: {{hall: {{name: H, {key}: 1, exits: {{{key}: {key}}}}}, {key}: {{name: R}}}}\n"
                f"items: {{{key}: {{name: I, at: {key}}}}}\n"
                f"variables: {{{key}: 1}}\nkinds: {{{key}: {{{key}: number}}}}\n"
                f"scenes: {{{key}: [{{mark: {key}}}, {{goto: {key}}}, {{call: {key}}}, {{do: {key}}},\n"
                f" {{if: {key}, text: x}}]}}\n"
                f"endings: {{{key}: {{name: E}}}}\nverbs: {{{key}: {{phrases: {key}}}}}\n"
                f"rules: {{{key}: {{when: {key}, text: x}}}}\nformulas: {{{key}: {key}}}\ntemplates: {{{key}: x}}\n"
            ),
        )
        yield (
            f"{word[:20]!r} as a value",
            START + f"variables: {{a: {{one_of: [{key}], start: {key}}}, b: {{kind: {key}}}}}\n",
        )
        yield f"{word[:20]!r} with a dot", scene(f"{{if: 'hall.{word} > 1', text: x}}")
    yield "a world that begins nowhere", START.replace("start: hall", "start: nowhere")
    yield "a world that begins in an item", START.replace("start: hall", "start: lamp") + "items: {lamp: {name: L}}\n"
    yield "a world of one file twice", START + START
    yield (
        "all that is missing",
        HEADER
        + (
            "rooms: {hall: {name: H, exits: {up: no_room}, actions: {no_verb: x}}}\n"
            "items: {i: {name: I, at: no_place}}\n"
            "variables: {a: {kind: no_kind, start: no_thing}}\nno_things: {a: {name: N}}\nstatus: ['{no_name}']\n"
            "scenes: {s: [{goto: no_goal}, {call: no_scene}, {use: no_template},\n"
            " {do: no_variable = 1}, {if: seen(no_mark), text: x}]}\n"
            "verbs: {v: {phrases: 'v {no_kind}'}}\n"
        ),
    )


def shapes() -> Files:
    sections = ("variables", "rooms", "items", "characters", "kinds", "scenes", "verbs", "rules", "endings",
                "formulas",
                "templates", "status", "about", "title", "author", "language", "start", "format",
                "pieces")  # fmt: skip
    for section in sections:
        for value in ("", "x", "3", "1.5", "true", "[]", "{}", "[x]", "[[x]]", "{x: }", "{x: y}", "{x: {y: z}}",
                      "{x: [y]}",
                      "{x}", "'{'", "'*'", "{x: {use: x}}"):  # fmt: skip
            base = "".join(line for line in START.splitlines(keepends=True) if not line.startswith(f"{section}:"))
            yield f"{section}: {value}", f"{base}{section}: {value}\n"

    way = "rooms: {hall: {name: H, exits: {n: {to: yard, door: flap}, s: {to: yard, door: flap}}}, yard: {name: Y}}\n"
    yield "a way through what is no door", f"{HEADER}{way}items: {{flap: {{name: flap, door: hall, open: false}}}}\n"


def templates() -> Files:
    def world(declared: str, used: str) -> str:
        return f"{START}templates:\n{declared}\nscenes:\n  a: {used}\n"

    yield "one that uses itself", world("  t: {use: t}", "{use: t}")
    yield "two that use each other", world("  t: {use: u}\n  u: {use: t}", "{use: t}")
    ring = "\n".join(f"  t{i}: {{use: t{(i + 1) % 50}}}" for i in range(50))
    yield "a ring of fifty", world(ring, "{use: t0}")
    many = "\n".join(f"  t{i}: [{', '.join([f'{{use: t{i - 1}}}'] * 10)}]" for i in range(1, 18))
    yield "a bomb of uses of what is not there", world("  t0: [{use: nothing}]\n" + many, "{use: t17}")
    yield "a bomb of lists", world("  t0: [x]\n" + many, "{use: t17}")
    yield "a bomb of mappings", world("  t0: x\n" + many.replace("[{", "{a: {").replace("]", "}"), "{use: t17}")
    big = ", ".join(["x"] * 1000)
    yield "a bomb of big lists", world(f"  t0: [{big}]\n" + many, "{use: t17}")
    doubled = "\n".join(f"  t{i}(x): {{use: t{i - 1}, x: $x$x$x$x$x$x$x$x}}" for i in range(1, 18))
    yield "a bomb of text", world("  t0(x): $x\n" + doubled, "{use: t17, x: xxxxxxxxxx}")
    wide = "\n".join(f"  t{i}(x): {{use: t{i - 1}, x: [$x, $x, $x, $x, $x, $x, $x, $x]}}" for i in range(1, 18))
    yield "a bomb of arguments", world("  t0(x): $x\n" + wide, "{use: t17, x: x}")
    text = "y" * 10_000
    yield "a long text very often", world(f"  t(x): [{', '.join(['a$x'] * 20_000)}]", f"{{use: t, x: {text}}}")
    deeper = "\n".join(f"  t{i}: {nested('[', f'{{use: t{i - 1}}}', ']', 80)}" for i in range(1, 18))
    yield "deep ones in deep ones", world("  t0: x\n" + deeper, "{use: t17}")
    steps = "\n".join(f"  t{i}: {nested('{then: ', f'{{use: t{i - 1}}}', '}', 80)}" for i in range(1, 18))
    yield "deep steps in deep steps", world("  t0: x\n" + steps, "{use: t17}")
    handed = "\n".join(f"  t{i}(x): {{use: t{i - 1}, x: {nested('[', '$x', ']', 90)}}}" for i in range(1, 18))
    yield "arguments in arguments", world("  t0(x): $x\n" + handed, "{use: t17, x: x}")
    yield (
        "as deep as it may be",
        world(f"  t(x): {nested('{then: ', '$x', '}', 49)}", f"{{use: t, x: {nested('{then: ', 'x', '}', 48)}}}"),
    )
    yield "a name that is a list", world("  t: x", "{use: [t]}")
    yield "a name that is nothing", world("  t: x", "{use: }")
    yield "a use in a use", world("  t(x): $x", "{use: t, x: {use: t, x: {use: t, x: y}}}")
    yield "an argument twice", world("  t(x): $x", "{use: t, x: y, x: z}")
    yield "a parameter twice", world("  t(x, x): $x", "{use: t, x: y}")
    yield "a parameter called use", world("  t(use): $use", "{use: t, use: y}")
    yield "no parameters", world("  t(): x", "{use: t}")
    yield "commas only", world("  't(,,,)': x", "{use: t}")
    yield "parentheses", world("  't((((': x\n  't)': y", "{use: t}")
    yield "dollars", world("  t(x): $$$x$$$ $ $1 $X $$x", "{use: t, x: '$y'}")
    yield "holes as keys", world("  t(x): {$x: $x, '$x': 1}", "{use: t, x: text}")
    yield "a list as a key", world("  t(x): {$x: y}", "{use: t, x: [a]}")
    yield "a list in a text", world("  t(x): a $x b", "{use: t, x: [a]}")
    yield (
        "a mistake in a body",
        world("  t(x): 'It is {$x > nobody: a | b}'", "[{use: t, x: '3'}, {use: t, x: nobody_else}]"),
    )
    yield "a broken text from parts", world("  t(x): '{$x'", "[{use: t, x: '}'}, {use: t, x: '{'}, {use: t, x: ''}]")
    yield (
        "a template at the root",
        "use: t\ntemplates: {t: {format: 1, title: T, start: hall, rooms: {hall: {name: H}}}}\n",
    )
    yield "a text at the root", "use: t\ntemplates: {t: x}\n"
    yield "an unknown one at the root", "use: t\n"
    yield "an alias of a use", START + "templates: {t: x}\nscenes: {a: &x {use: t}, b: *x, c: [*x, *x]}\n"
    yield "an alias of the key", START + "templates: {t: x}\nvariables: {k: &u use}\nscenes: {a: {*u : t}}\n"
    yield "two sections of templates", START + "templates: {t: x}\ntemplates: {t: y}\nscenes: {a: {use: t}}\n"


def expressions() -> Files:
    long = {
        "parentheses": nested("(", "1", ")", 10_000),
        "nested parentheses": nested("(", "1", ")", 900),
        "forty parentheses": nested("(", "1", ")", 39),
        "a long sum": "1" + " + 1" * 490,
        "a longer sum": "1" + " + 1" * 50_000,
        "a long product": "1" + "*1" * 990,
        "a long conjunction": "true" + " and true" * 200,
        "a long comparison": "1" + " < 2" * 490,
        "many nots": "not " * 490 + "true",
        "many signs": "-" * 1900 + "1",
        "many dots": "hall" + ".a" * 900,
        "many ifs": "1 if true else " * 120 + "1",
        "many calls": "abs(" * 400 + "1" + ")" * 400,
        "many arguments": f"min({', '.join(['1'] * 600)})",
        "many options": f"1 in ({', '.join(['1'] * 600)})",
        "sums in parentheses": nested("(", "1" + " + 1" * 30, ")", 39) + " + 1" * 30,
        "mixed depths": nested("abs(1 + 1 + 1 + (", "1", "))", 19),
        "memberships": nested("(1 in (", "1 > 2", "))", 19),
        "a long name": "a" * 1900,
        "a long text": '"' + "a" * 1900 + '" == "b"',
    }
    for name, text in long.items():
        yield name, scene(f"{{if: '{text}', text: x}}")
        yield f"{name} compared", scene(f"{{if: '({text}) > 0', text: x}}")
        yield f"{name} in an effect", START + f"variables: {{v: 1}}\nscenes: {{a: {{do: 'v = {text}'}}}}\n"
        yield f"{name} in a formula", START + f"formulas: {{f: '{text}'}}\nscenes: {{a: {{if: f() > 0, text: x}}}}\n"
        yield f"{name} in a text", scene(f"'{{{text}}}'")
    for text in ("(", ")", "()", "1 +", "+ 1", "1 1", "a.", ".a", "a..b", "a.1", "1.a", "f(", "f(,)", "f(1,,2)",
                 "f(1", "a = 1",
                 "a == ", "not", "and", "1 if", "1 if 2", "1 if 2 else", "x in", "x in a", "x in ()", "x not",
                 "x not y",
                 '"', "'a", "$", "@", "a[0]", "a{1}", "a;b", "a\\nb", "lambda: 1", "__import__('os')", "a := 1",
                 "**", "1 ** 2",
                 "1 / 2", "a & b", "a | b", "a && b", "!a", "~a", "a ? b : c", "a <> b", "a => b", "None", "True",
                 "0x1F", "1e5",
                 "1.5", "٣", "é", "a\u202eb", "{", "}", "#", "`a`", "a // 0", "1 % 0", "-1 // -0", "min()",
                 "max(1)", "abs(1, 2)",
                 "roll(1, 6)", "has(1)", "here(hall)", "at(1)", "visited(1)", "seen(1)", "turns(1)", "seen(hall)",
                       "visited(a)",
                 "nothing", "player", "nothing.x", "player.x", "hall.x.y", "hall + 1", "hall == 1", "hall < hall",
                 "1 < hall",
                 "nothing == nothing", "player == nothing", "player == hall", "not hall", "-hall", "-true",
                 "true + true",
                 "true == 1", '"a" == 1', '"a" + "b"', "1 in (true,)", "hall in (nothing, player)", "1 if 1 else 2",
                 "(hall if true else nothing).x", "(nothing if true else hall).x", "(nothing if true else nothing).x",
                 "hall()", "1()", "(hall).name", "move(hall, hall)", "a", "at(a)", "seen(nothing)",
                       "has(nothing)"):  # fmt: skip
        quoted = text.replace("'", "''")
        yield f"{text} as a condition", scene(f"{{if: '{quoted}', text: x}}")
        yield f"{text} as an effect", scene(f"{{do: '{quoted}'}}")
        yield (
            f"{text} assigned",
            START + f"variables: {{v: 1}}\nscenes: {{a: [{{do: 'v = {quoted}'}}, {{do: '{quoted} = v'}}]}}\n",
        )
        yield f"{text} in braces", scene(f"'{{{quoted}}} and {{{quoted}: a | b}}'")
        yield (
            f"{text} as a formula",
            START + f"formulas: {{f: '{quoted}'}}\nstatus: ['{{f()}}', {{meter: '{quoted}', of: 3}}]\n",
        )
    yield (
        "a ring of formulas",
        START + "formulas: {" + ", ".join(f"f{i}: f{(i + 1) % 500}()" for i in range(500)) + "}\n",
    )
    yield (
        "a chain of formulas",
        START + "formulas: {" + ", ".join(f"f{i}: f{i + 1}()" for i in range(3000)) + ", f3000: 1}\n",
    )
    pairs = ", ".join(f"f{i}: f{i - 1}() + f{i - 1}()" for i in range(1, 60))
    yield "a bomb of formulas", START + f"formulas: {{f0: 1, {pairs}}}\n"
    everyone = " + ".join(f"f{i}()" for i in range(40))
    yield "formulas that all use all", START + "formulas: {" + ", ".join(f"f{i}: {everyone}" for i in range(40)) + "}\n"
    yield (
        "one without parameters",
        START + "formulas: {'f(': 1, 'f)': 1, 'f(a': 1, 'f(a,)': a, 'f(a b)': 1, 'g(1)': 1, '': 1}\n",
    )
    yield "one with two hundred", START + "formulas: {'f(" + ", ".join(f"a{i}" for i in range(300)) + ")': a1}\n"
    yield (
        "one with odd kinds",
        START + "formulas: {'f(a:room)': a == hall, 'g(a:nobody)': a, 'h(a:flag)': a, 'i(room)': room == hall}\n",
    )


def texts() -> Files:
    for text in ("{" * 1000 + "}" * 1000, "{" * 1000, "}" * 1000, "{1: " * 500, "{1 > 0: " * 12 + "x" + "}" * 12,
                 "{1 > 0: " * 13 + "x" + "}" * 13, "*" * 100_000, "* " * 50_000, " *" * 50_000, "*a" * 50_000,
                 "**a" * 30_000,
                 "*a*" * 30_000, "**a*b**c*" * 10_000, "|" * 100_000, "\\" * 99_999, "\\\\" * 50_000, "{a|" * 1000,
                 "{|}" * 10_000,
                 "{" + "|" * 50_000 + "}", "{~" + "a|" * 20_000 + "}", "{&}" * 10_000, "{!}" * 10_000,
                 "{}" * 10_000, "{1}" * 20_000,
                 "{1:}" * 10_000, "{a:b|c|d|e}" * 1000, "{*a*|*b}" * 5000, "*{a|*}b*" * 5000, "{1 > 0: *|*}",
                 "*{1 > 0: a|b}*",
                 "\\\n" * 1000, "a\\", "{a\\}", "{a\\|b}", "{~}", "{&", "{!a", "{{{}}}", "{ }", "{:}", "{|",
                 "{a||b}", "{\\}",
                 "{'}'}", '{"|"}', "{nobody:" * 11 + "}" * 11, "x " * 150_000, "{1 > 0: x} " * 5000,
                 "{nobody} " * 30_000, "{1 > 0: {" * 6 + "}}" * 6, "{" + "1 + " * 490 + "1}",
                 "{1 > 0" + " " * 50_000 + ": x}",
                 "x" + " " * 100_000 + "y\nz {nobody}", "x\n" + " " * 100_000 + "\ny*"):  # fmt: skip
        name = text if len(text) < 30 else f"{text[:20]}... ({len(text)})"
        quoted = text.replace("'", "''")
        yield f"{name} in quotes", scene(f"'{quoted}'")
        yield f"{name} as a label", scene(f"{{choices: [{{label: '{quoted}'}}]}}")
        yield f"{name} in a block", scene("|\n" + "".join(f"    {line}\n" for line in text.split("\n")))


def flows() -> Files:
    yield "a scene that goes to itself", scene("{goto: a}")
    yield "two that go to each other", START + "scenes: {a: {goto: b}, b: {goto: a}}\n"
    yield "a scene that calls itself", scene("[{call: a}, x]")
    yield "a room that goes to itself", HEADER + "rooms: {hall: {name: H, enter: {goto: hall}}}\n"
    yield "two rooms", HEADER + "rooms: {hall: {name: H, enter: {goto: b}}, b: {name: B, enter: {goto: hall}}}\n"
    yield "a mark", scene("[{mark: m}, {goto: m}]")
    yield "a mark with a way out", scene("[{mark: m}, {if: turns() > 3, goto: m}]")
    yield "a fallback", scene("[{mark: m}, {choices: [{fallback: true, goto: m}]}]")
    yield "a choice that is never open", scene("[{mark: m}, {choices: [{label: x, if: 1 > 2}]}, {goto: m}]")
    yield "once", scene("[{mark: m}, {once: true, text: x}, {goto: m}]")
    yield "a chance", scene("[{mark: m}, {chance: [{goto: m}, {goto: m}]}]")
    yield "a topic", START + "characters: {c: {name: C, talk: {goto: a}}}\nscenes: {a: {goto: a}}\n"
    yield "a leave", HEADER + "rooms: {hall: {name: H, leave: {goto: hall}, exits: {up: hall}}}\n"
    yield "a rule", START + "rules: {r: {each_turn: true, goto: hall}, s: {when: 1 > 0, goto: hall}}\n"
    yield "an ending", START + "endings: {e: {name: E, text: {goto: e}}}\n"
    yield "an ending that enters", START + "endings: {e: {name: E, text: {goto: hall}}}\n"
    yield "a start that ends", START.replace("start: hall", "start: a") + "scenes: {a: x}\n"
    yield "a start that calls", START.replace("start: hall", "start: a") + "scenes: {a: {call: b}, b: {call: a}}\n"
    yield "a start that is empty", START.replace("start: hall", "start: a") + "scenes: {a: []}\n"
    ring = ", ".join(f"s{i}: {{goto: s{(i + 1) % 2000}}}" for i in range(2000))
    yield "a ring of two thousand", START + f"scenes: {{{ring}}}\n"
    chain = ", ".join(f"s{i}: {{call: s{i + 1}}}" for i in range(3000))
    yield "a chain of three thousand", START.replace("start: hall", "start: s0") + f"scenes: {{{chain}, s3000: x}}\n"
    calls = ", ".join(f"s{i}: [{{call: s{i + 1}}}, {{call: s{i + 1}}}]" for i in range(60))
    yield "a bomb of calls", START.replace("start: hall", "start: s0") + f"scenes: {{{calls}, s60: x}}\n"
    web = ", ".join(f"s{i}: [{', '.join(f'{{if: turns() > {j}, goto: s{j}}}' for j in range(60))}]" for i in range(60))
    yield "all go to all", START + f"scenes: {{{web}}}\n"
    yield "marks everywhere", scene("[" + ", ".join(f"{{mark: m{i}}}" for i in range(3000)) + "]")


def crowds() -> Files:
    yield "unknown names among many", START + (
        "variables:\n" + "".join(f"  known_{i}: 1\n" for i in range(3000))
        + "scenes:\n" + "".join(f"  s{i}: {{if: unknown_{i} > 1, text: x}}\n" for i in range(3000))
    )  # fmt: skip
    yield "mistakes in one line", scene("{if: 'nobody > 1', text: '" + "{nobody} " * 5000 + "'}")
    yield (
        "mistakes in a flow",
        START + "scenes: {" + ", ".join(f"s{i}: {{if: nobody_{i}, text: x}}" for i in range(5000)) + "}\n",
    )
    yield "unknown keys", START + "scenes:\n" + "".join(f"  s{i}: {{txet: x}}\n" for i in range(5000))
    yield "unknown sections", START + "".join(f"roms{i}: {{}}\n" for i in range(5000))
    yield "rooms without names", HEADER + "rooms: {" + ", ".join(f"r{i}: {{}}" for i in range(5000)) + "}\n"
    yield "duplicates", HEADER + "rooms:\n" + "  hall: {name: H}\n" * 5000
    yield (
        "exits to nowhere",
        HEADER + "rooms: {hall: {name: H, exits: {" + ", ".join(f"e{i}: r{i}" for i in range(5000)) + "}}}\n",
    )
    yield "many verbs", START + "verbs: {" + ", ".join(f"v{i}: {{phrases: [sing]}}" for i in range(2000)) + "}\n"
    yield "many kinds", START + "kinds: {" + ", ".join(f"k{i}: {{}}" for i in range(2000)) + "}\n"
    yield "many endings", START + "endings: {" + ", ".join(f"e{i}: {{name: E, rank: 1}}" for i in range(2000)) + "}\n"
    yield (
        "many uses",
        START + "templates: {t: x}\nscenes: {" + ", ".join(f"s{i}: {{use: u}}" for i in range(5000)) + "}\n",
    )
    yield (
        "long names that are alike",
        START
        + (
            "variables: {" + ", ".join(f"{'a' * 2000}{i}: 1" for i in range(100)) + "}\n"
            "scenes: {" + ", ".join(f"s{i}: {{if: {'a' * 1990}_{i}, text: x}}" for i in range(100)) + "}\n"
        ),
    )
