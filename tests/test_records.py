"""Records are what `dataclasses` would have made: asked beside data classes of the same fields."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import dataclass
from functools import cached_property

import pytest

from pianist_quest.records import field, record, replace


@record
class Base:
    one: int
    two: str = "2"
    many: list[int] = field(default_factory=list)
    beside: int = field(default=0, compare=False)
    named: bool = field(default=False, kw_only=True)


@record(kw_only=True)
class Sub(Base):
    three: tuple[int, ...]
    four: float = 4.0


@record
class Empty:
    """Nothing in it."""


@record(sealed=False)
class Unsealed:
    one: int
    many: list[int] = field(default_factory=list)
    two: str = "b"


@record(frozen=False, eq=False)
class Loose:
    one: int

    @cached_property
    def twice(self) -> int:
        return 2 * self.one


@dataclass(frozen=True, slots=True)
class PlainBase:
    one: int
    two: str = "2"
    many: list[int] = dataclasses.field(default_factory=list)
    beside: int = dataclasses.field(default=0, compare=False)
    named: bool = dataclasses.field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSub(PlainBase):
    three: tuple[int, ...]
    four: float = 4.0


GIVEN: list[tuple[tuple[object, ...], dict[str, object]]] = [
    ((1,), {"three": (3,)}),
    ((1, "b", [1, 2], 7), {"named": True, "three": (), "four": 1.0}),
    ((), {"one": 1, "two": "x", "three": (1, 2)}),
]


@pytest.mark.parametrize(("places", "named"), GIVEN)
def test_a_record_holds_what_a_data_class_would(places: tuple[object, ...], named: dict[str, object]) -> None:
    ours, theirs = Sub(*places, **named), PlainSub(*places, **named)  # type: ignore[arg-type] # by chance right
    assert repr(ours) == repr(theirs).replace("Plain", "")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]
    assert Sub.__match_args__ == PlainSub.__match_args__


@pytest.mark.parametrize("wrong", [{}, {"one": 1, "three": (), "five": 5}, {"one": 1}])
def test_wrong_arguments_are_refused(wrong: dict[str, object]) -> None:
    for cls in (Sub, PlainSub):
        with pytest.raises(TypeError):
            cls(**wrong)  # type: ignore[arg-type] # they are wrong


def test_records_are_equal_by_what_is_compared() -> None:
    assert Base(1, beside=1) == Base(1, beside=2) != Base(2)
    assert Base(1) != Sub(1, three=())
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Loose(1) != Loose(1)


def test_a_list_of_its_own_is_made_for_each() -> None:
    assert Base(1).many is not Base(1).many


def test_a_frozen_record_cannot_be_changed_and_a_loose_one_can() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Base(1).one = 2  # type: ignore[misc] # it cannot
    loose = Loose(1)
    loose.one = 4
    assert loose.twice == 8


def test_a_record_that_is_not_sealed_is_otherwise_as_others_are() -> None:
    whole = Unsealed(1, many=[2])
    assert pickle.loads(pickle.dumps(whole)) == copy.deepcopy(whole) == whole != Unsealed(1)  # noqa: S301 - our own
    assert replace(whole, one=2) == dataclasses.replace(whole, one=2) == Unsealed(2, [2])
    assert Unsealed.__hash__ is not None
    assert (Unsealed(1).many, Unsealed(1).two) == ([], "b")


@pytest.mark.parametrize("change", [replace, dataclasses.replace])
def test_a_field_is_replaced(change: object) -> None:
    assert change(Sub(1, three=(3,)), two="x") == Sub(1, "x", three=(3,))  # type: ignore[operator] # either is called


def test_it_is_kept_and_copied_whole() -> None:
    whole = Sub(1, three=(3,), named=True)
    assert pickle.loads(pickle.dumps(whole)) == copy.deepcopy(whole) == whole  # noqa: S301 - our own


def test_its_parts_are_matched_by_place() -> None:
    match Base(1, "two"):
        case Base(one, two):
            assert (one, two) == (1, "two")
