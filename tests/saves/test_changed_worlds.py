"""Whatever changes in a world, a saved game of before loads, loses nothing without a word, and can go on."""

from __future__ import annotations

from random import Random

import pytest

from pianist_quest.saves import codec, values
from saves.changes import KINDS
from soak import changed_worlds
from soak.changed_worlds import base, before, compiled, game, problems


@pytest.mark.parametrize("kind", KINDS)
def test_a_change(kind: str) -> None:
    loaded = 0
    for seed in range(40):
        chance = Random(seed)  # noqa: S311 - nothing secret
        files = KINDS[kind](base("house"), chance)
        story = compiled(files, "house") if files != base("house") else None
        if story is not None:
            assert list(problems(story, game(before("house"), chance), chance)) == []
            loaded += 1
        if loaded == 6:
            return
    assert loaded


def test_any_change_of_any_small_world() -> None:
    found = changed_worlds.run(6, 5)
    assert found.errors == []
    assert "0 errors" in changed_worlds.told(found, 1)


def test_what_is_lost_without_a_word_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_gone", lambda *_: "Something is gone.")
    monkeypatch.setattr(codec, "followed_instead", lambda *_: None)
    chance = Random(3)  # noqa: S311 - nothing secret
    document = game(before("house"), chance)
    document["values"]["tide"] = 3
    assert list(problems(before("house"), document, chance)) == ["tide was 3 and is None: not a word"]
