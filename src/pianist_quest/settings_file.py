"""The file of a player's settings, in TOML: where it lies, and how it is read and changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .opening import UsageError
from .terminal.settings import KINDS, Settings, problem, settings_from

if TYPE_CHECKING:
    from .terminal.settings import Value

_HEAD = "Settings of Pianist Quest. `pianist-quest settings` tells what there is to set."


def settings_path() -> Path:
    """Return where the settings lie: as PIANIST_QUEST_SETTINGS says, else in the system's place for them."""
    named = os.environ.get("PIANIST_QUEST_SETTINGS")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415 - seldom needed, and starting should be quick

    return user_config_path("pianist-quest", appauthor=False) / "settings.toml"


def settings() -> tuple[Settings, tuple[str, ...]]:
    """Return the player's settings and what is wrong with their file, each problem in one line."""
    path = settings_path()
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (f"{path}: {error.strerror or error}; the settings are left as they come",)
    if not text.strip():
        return Settings(), ()
    import tomllib  # noqa: PLC0415 - most players have no such file

    try:
        values = tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(), (f"{path} is no TOML: {error}; mend or delete it",)
    found, problems = settings_from(values)
    return found, tuple(f"{path}: {one}" for one in problems)


def change(name: str, text: str | None) -> None:
    """Set a setting (one of KINDS) to what a text stands for, or with None back; raises UsageError, OSError.

    The rest of the file stays as it is, comments included.
    """
    import tomlkit  # noqa: PLC0415 - needed for changes only
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    value: Value | None = None if text is None else KINDS[name].parsed(text)
    if value is not None and (wrong := problem(name, value)):
        raise UsageError(wrong)
    path = settings_path()
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
        document.add(tomlkit.comment(_HEAD))
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise UsageError(f"{path} is no TOML: {error}; mend or delete it") from None
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value
    _write(path, tomlkit.dumps(document))


def _write(path: Path, text: str) -> None:
    """Write a file so that there is never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
