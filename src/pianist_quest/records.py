"""Data classes that cost next to nothing until they are used, for modules that every start of a game imports.

`dataclasses` writes five methods for each class when the class is made, a third of a millisecond for each, most of them
never to be called. A `record` has slots, compares and prints as such a class does, and writes its `__init__` when its
first is made; `dataclasses` itself is asked only by who needs the fields (`replace`, `fields`, `asdict`).
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import field


class _Field:
    """How a field begins, as `dataclasses.field` says it: `default`, `default_factory`, `kw_only`, `compare`."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - as dataclasses has it
        self.given = given


if not TYPE_CHECKING:
    field = _Field

__all__ = ["field", "record", "replace"]

_Class = TypeVar("_Class", bound=type)
_Instance = TypeVar("_Instance")
_NONE: Final = object()
"""In the place of a value that was not given."""


@overload
def record(cls: _Class) -> _Class: ...
@overload
def record(
    *, kw_only: bool = False, frozen: bool = True, eq: bool = True, sealed: bool = True
) -> Callable[[_Class], _Class]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: Any = None, *, kw_only: bool = False, frozen: bool = True, eq: bool = True, sealed: bool = True) -> Any:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it; or another, as is said.

    One that is frozen and not `sealed` is so to mypy alone: nothing refuses at run time that a field is set, and it is
    made in a third of the time. It is for what a story has hundreds of thousands of.
    """
    given = {"kw_only": kw_only, "frozen": frozen, "eq": eq}
    return _slotted(cls, given, sealed) if cls is not None else lambda one: _slotted(one, given, sealed)


def _slotted(cls: type, given: dict[str, bool], sealed: bool) -> type:  # noqa: FBT001 - as `record` was given it
    """Return a class anew, with slots for its fields."""
    names = tuple(cls.__annotations__ if "__annotations__" in cls.__dict__ else ())
    inside = {name: value for name, value in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    about = {name: _about(cls.__dict__.get(name, _NONE)) for name in names}
    ours: dict[str, Any] = {"__init__": _first_init, "__repr__": _shown}
    if given["eq"]:
        ours |= {"__eq__": _equal, "__hash__": _hashed if given["frozen"] else None}
    if given["frozen"]:
        ours |= {"__getstate__": _state, "__setstate__": _first_restored}
    if given["frozen"] and sealed:
        ours |= {"__setattr__": _refused, "__delattr__": _refused}
    keeps = any(isinstance(value, cached_property) for value in inside.values())
    placed = [name for name, one in about.items() if not one.get("kw_only", given["kw_only"])]
    every = (*getattr(cls, "_names", ()), *names)
    compared = (*getattr(cls, "_compared", ()), *(name for name, one in about.items() if one.get("compare", True)))
    made = type(cls)(cls.__name__, cls.__bases__, {
        **ours, **inside, **{name: _Attribute(name) for name in ("__dataclass_fields__", "__dataclass_params__")},
        "__slots__": (*names, "__dict__") if keeps else names, "_names": every,
        "__match_args__": (*getattr(cls, "__match_args__", ()), *placed), "_about": about, "_made_of": (cls, given),
        "_compared": compared, "_key": attrgetter(*compared or ["__class__"]),
        "_whole": attrgetter(*every or ["__class__"]),
    })  # fmt: skip
    made.__qualname__ = cls.__qualname__
    return made


def _about(default: object) -> dict[str, Any]:
    """How a field begins, by what stands behind it."""
    return default.given if isinstance(default, _Field) else {} if default is _NONE else {"default": default}


# Making one


def _first_init(self: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401 - a record
    """Write the class's own `__init__` in this one's place, and call it."""
    cls = next(one for one in type(self).__mro__ if one.__dict__.get("__init__") is _first_init)
    made = _init(cls)
    setattr(cls, "__init__", made)  # noqa: B010 - mypy would have it a method
    made(self, *given, **named)


def _init(cls: type) -> Callable[..., None]:
    """Return a function that sets all slots of a class, which takes what the fields' declarations say."""
    space: dict[str, Any] = {"none": _NONE}
    sealed = _is_sealed(cls)
    places: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for name, owner in _fields(cls):
        about, value, begins = owner.__dict__["_about"][name], name, f"{name}=begin_{name}"
        space[f"put_{name}"], space[f"begin_{name}"] = owner.__dict__[name].__set__, about.get("default", _NONE)
        if "default_factory" in about:
            space[f"new_{name}"] = about["default_factory"]
            value = f"new_{name}() if {name} is none else {name}"
        elif "default" not in about:
            begins = name
        (named if about.get("kw_only", owner.__dict__["_made_of"][1]["kw_only"]) else places).append(begins)
        lines.append(f" put_{name}(self, {value})" if sealed else f" self.{name} = {value}")
    head = ", ".join(["self", *places, *(["*", *named] if named else [])])
    # The text is ours: it holds no word but the names of a class's fields.
    exec(f"def __init__({head}):\n" + "\n".join(lines or [" pass"]), space)  # noqa: S102
    made: Callable[..., None] = space["__init__"]
    return made


def _is_sealed(cls: Any) -> bool:  # noqa: ANN401 - a class
    return cls.__setattr__ is not object.__setattr__


def _fields(cls: type) -> Iterator[tuple[str, type]]:
    """The fields of a class, each with the class that declares it, from the first base on."""
    for owner in reversed(cls.__mro__):
        if "_made_of" in owner.__dict__:
            yield from ((name, owner) for name in owner.__dict__["__slots__"] if name != "__dict__")


def replace(one: _Instance, /, **changes: Any) -> _Instance:  # noqa: ANN401 - what the fields hold
    """Return a record with some fields changed, as `dataclasses.replace` does."""
    made: Any = one
    return type(one)(**{name: getattr(made, name) for name in made._names} | changes)  # noqa: SLF001 - of our own


# What every one has


def _equal(self: Any, other: Any) -> Any:  # noqa: ANN401 - records
    return self._key(self) == self._key(other) if other.__class__ is self.__class__ else NotImplemented


def _hashed(self: Any) -> int:  # noqa: ANN401 - a record
    return hash(self._key(self))


def _shown(self: Any) -> str:  # noqa: ANN401 - a record
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._names)})"


def _refused(self: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - never where all is well

    raise FrozenInstanceError(f"`{name}` of a {type(self).__name__} cannot be changed")


def _state(self: Any) -> Any:  # noqa: ANN401 - a record, and what is in it
    found = self._whole(self)
    return found if len(self._names) > 1 else (found,)


def _first_restored(self: Any, state: tuple[Any, ...]) -> None:  # noqa: ANN401 - a record
    """Write what sets the slots of one that was kept, in this one's place, and call it."""
    cls = next(one for one in type(self).__mro__ if one.__dict__.get("__setstate__") is _first_restored)
    space = {f"put_{name}": owner.__dict__[name].__set__ for name, owner in _fields(cls)}
    sealed = _is_sealed(cls)
    lines = [f" put_{name}(self, {name})" if sealed else f" self.{name} = {name}" for name, _ in _fields(cls)]
    given = "".join(f"{name}, " for name, _ in _fields(cls)) or "_, "
    taken = [f" ({given}) = state"]
    exec("\n".join(["def restored(self, state):", *taken, *lines]), space)  # noqa: S102 - ours, as above
    setattr(cls, "__setstate__", space["restored"])  # noqa: B010 - as above
    space["restored"](self, state)


class _Attribute:
    """What `dataclasses` looks for on a class, made when it does."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401 - as dataclasses has it
        import dataclasses  # noqa: PLC0415 - see above

        cls = next(one for one in owner.__mro__ if "_made_of" in one.__dict__)
        plain, given = cls.__dict__["_made_of"]
        begun = {name: dataclasses.field(**one) for name, one in cls.__dict__["_about"].items() if one}
        about = {"__annotations__": getattr(plain, "__annotations__", {}), "__module__": plain.__module__}
        bare = type(plain.__name__, plain.__bases__, {**begun, **about})
        whole: type = dataclasses.dataclass(init=False, repr=False, **{**given, "eq": False})(bare)
        setattr(cls, self.name, getattr(whole, self.name))
        return getattr(whole, self.name)
