"""A saved game as bytes: JSON with a checksum, read as though a stranger had written it.

What the list of saved games tells stands in lines of its own; the rest is packed (deflated, in base 64), so that an
autosave stays small. `open_text` gives the whole of it for people to read.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT: Final = 3
"""The version of the format written here; versions up to it can be read."""
LIMIT: Final = 16 * 1024 * 1024
"""The greatest size of a saved game that is read, in bytes, packed and unpacked."""
LISTED: Final = ("format", "world", "title", "saved", "summary", "turn", "played")
"""What stands in the file as it is."""

_LEVEL: Final = 6
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_READABLE: Final = json.JSONEncoder(ensure_ascii=False).encode
_SORTED: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode

Document = dict[str, Any]


class SaveError(Exception):
    """What is wrong with a saved game, which file it is, and what to do about it."""

    def __init__(self, what: str, *, todo: str = "", where: str = "") -> None:
        self.what, self.todo, self.where = what, todo, where
        place = f" ({where})" if where else ""
        super().__init__(f"{what}{place}.{f' {todo}' if todo else ''}")

    def at(self, where: str) -> SaveError:
        """Return the same problem with the file that has it."""
        return SaveError(self.what, todo=self.todo, where=self.where or where)


class UnreadableError(SaveError):
    """The system does not let a saved game be read; it may be whole."""


def damaged(detail: str) -> SaveError:
    """Return the problem of a file that is not as it was written."""
    return SaveError(f"The saved game is damaged: {detail}", todo="Load another, or delete it.")


def seal(document: Mapping[str, Any]) -> bytes:
    """Return a document as it is stored: a line for each part that is listed, the rest packed, and a checksum."""
    return _sealed(document, lambda rest: zlib.compress(_json(rest).encode(), _LEVEL))


def _sealed(document: Mapping[str, Any], pack: Callable[[Document], bytes]) -> bytes:
    rest = {key: part for key, part in document.items() if key not in LISTED}
    parts = {key: document[key] for key in LISTED if key in document}
    if rest:
        parts["packed"] = base64.b64encode(pack(rest)).decode()
    return open_text({**parts, "checksum": _checksum(parts)})


class Sealer:
    """Seals the documents of one game, turn after turn: of what was done in it, only what is new is packed."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._packing = _packing()
        self._packed: bytes = b""

    def seal(self, document: Mapping[str, Any]) -> bytes:
        """Return a document as it is stored; it says what `seal` would make of it, in an order of its own."""
        return _sealed(document, self._pack) if document.get("decisions") else seal(document)

    def _pack(self, rest: Document) -> bytes:
        done: list[str] = rest.pop("decisions")
        had = len(self._done)
        if not had or done[:had] != self._done:
            self._packing, self._done, had = _packing(), [], 0
            self._packed = self._packing.compress(b'{"decisions":[')
        if len(done) > had:
            self._packed += self._packing.compress((("," if had else "") + _json(done[had:])[1:-1]).encode())
            self._done = done
        packing = self._packing.copy()
        behind = f"],{_json(rest)[1:]}" if rest else "]}"
        return b"".join((self._packed, packing.compress(behind.encode()), packing.flush()))


def _packing() -> Any:  # noqa: ANN401 - zlib has no public name for it
    """Return what packs a text bit by bit; a small one, for it is copied at every turn, and packs as well."""
    return zlib.compressobj(3, wbits=12, memLevel=5)


def open_text(document: Mapping[str, Any]) -> bytes:
    """Return a document for people to read: a line for each part."""
    lines = [f" {_READABLE(key)}: {_READABLE(part)}" for key, part in document.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def exported(document: Mapping[str, Any]) -> bytes:
    """Return a document as one file that people can read and `unseal` takes."""
    return open_text({**document, "checksum": _checksum(document)})


def unseal(data: bytes) -> Document:
    """Return the document in the bytes of a file; its parts' types are not checked yet.

    Raises SaveError where the bytes are no whole document of a format known here.
    """
    document = _whole(data)
    packed = document.pop("packed", None)
    return document if packed is None else {**_unpacked(packed), **document}


def listed(data: bytes) -> Document:
    """Return what the list of saved games tells of a document, which is whole."""
    return {key: part for key, part in _whole(data).items() if key in LISTED}


def _whole(data: bytes) -> Document:
    if len(data) > LIMIT:
        raise damaged(f"it is larger than {LIMIT // 2**20} MiB")
    document = _parse(data)
    if not isinstance(document, dict):
        raise damaged("it is no JSON object")
    _check_format(document.get("format"))
    if document.pop("checksum", None) != _checksum(document):
        raise damaged("its checksum does not fit, so something in it was changed")
    return document


def _unpacked(packed: object) -> Document:
    """Return what was packed, no more of it than there may be."""
    if not isinstance(packed, str):
        raise damaged("what is packed in it is no text")
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(packed, validate=True), LIMIT)
    except (binascii.Error, ValueError, zlib.error):
        raise damaged("what is packed in it cannot be unpacked") from None
    if unpacking.unconsumed_tail:
        raise damaged(f"what is packed in it is larger than {LIMIT // 2**20} MiB")
    if not unpacking.eof:
        raise damaged("the end of what is packed in it is gone")
    rest = _parse(data)
    if not isinstance(rest, dict):
        raise damaged("what is packed in it is no JSON object")
    return rest


def _parse(data: bytes) -> object:
    try:
        return json.loads(data.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise damaged(f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise damaged(f"at line {error.lineno}, column {error.colno} it is no JSON") from None
    except ValueError:
        raise damaged("it holds a number of thousands of digits") from None
    except RecursionError:
        raise damaged("it nests too deep") from None


def _object(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise damaged("a name stands twice in it")
    return found


def _refuse_constant(text: str) -> object:
    raise damaged(f"it holds {text}, which is no JSON")


def _check_format(version: object) -> None:
    if type(version) is not int or version < 1:
        raise damaged('"format" should be a whole number from 1')
    if version > FORMAT:
        raise SaveError(
            f"The saved game is of format {version}, and this program knows formats up to {FORMAT}",
            todo="Play it with a newer Pianist Quest.",
        )


def _checksum(document: Mapping[str, Any]) -> str:
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, which a game that has not been saved can do without

    return hashlib.sha256(_SORTED(document).encode()).hexdigest()
