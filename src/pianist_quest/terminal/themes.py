"""Colours by what a text is (a place, a person, a thing, a choice, a refusal), for --theme.

On the background a theme is for, each colour has a contrast of at least 4.5 to 1, in high contrast of 7 to 1: levels
AA and AAA of WCAG 2.2, success criteria 1.4.3 and 1.4.6. No colour says anything that the words do not.
"""

from __future__ import annotations

from typing import Final

from .wrap import Style

_SHAPES: Final = {Style.EMPHASIS: "italic", Style.STRONG: "bold", Style.HEADING: "bold underline"}

THEMES: Final[dict[str, dict[Style, str]]] = {
    "dark": _SHAPES | {
        Style.QUIET: "#9a9a9a", Style.HEADING: "bold underline #7fc8ff", Style.PERSON: "#f2c46d",
        Style.THING: "#9fd89f", Style.CHOICE: "#d9c2ff", Style.REFUSAL: "#ff9d8a",
    },
    "light": _SHAPES | {
        Style.QUIET: "#666666", Style.HEADING: "bold underline #00509e", Style.PERSON: "#7a4a00",
        Style.THING: "#1e6b1e", Style.CHOICE: "#5b2a9c", Style.REFUSAL: "#a81e0c",
    },
    "high-contrast": _SHAPES | {
        Style.HEADING: "bold underline #00ffff", Style.PERSON: "bold #ffff00", Style.THING: "bold #7fff7f",
        Style.CHOICE: "bold #ffffff", Style.REFUSAL: "bold #ffa0a0",
    },
    "none": _SHAPES,
}  # fmt: skip
"""For each theme how prompt_toolkit writes its styles. Of several that a text has, the last one's colour counts."""
