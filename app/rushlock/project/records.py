"""Values of ours as plain JSON and back, whole: fractions exact, doubles to the bit, paths to the byte.

Driven by the annotations of our frozen dataclasses, so a field added to one is stored without a word
here, and read from an older record with its default. Fields that are worked out (``init=False``) are not
stored. The text is ASCII: a file name that is no UTF-8 holds lone surrogates, which SQLite's own text
cannot.
"""

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from rushlock.base.errors import RushlockError

T = TypeVar("T")

_SCALARS: dict[type, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    bool: (bool, bool),
    int: (int, int),
    float: (float, float),
    str: (str, str),
    Fraction: (str, Fraction),
    Path: (str, Path),
    datetime: (datetime.isoformat, datetime.fromisoformat),
}
"""How a value of each type is written and read."""


class RecordError(ValueError):
    """A record does not hold what it should."""


def written(value: object) -> str:
    """Return a dataclass instance as one line of JSON."""
    return json.dumps(_plain(type(value), value), separators=(",", ":"))


def read(kind: type[T], text: str) -> T:
    """Return the instance of ``kind`` that ``written`` wrote.

    Raises:
        RecordError: The text is damaged, or written by something else.
    """
    try:
        value: T = _value(kind, json.loads(text))
    except (RushlockError, ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError) as error:
        raise RecordError(f"{kind.__name__}: {error}") from error
    return value


def _plain(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any type there is
    """Return a value of an annotated type as what JSON knows."""
    if value is None:
        return None
    kind = _present(kind)
    if kind in _SCALARS:
        return _SCALARS[kind][0](value)
    if isinstance(kind, type) and is_dataclass(kind):
        return {name: _plain(hint, getattr(value, name)) for name, hint in _stored_fields(kind)}
    if get_origin(kind) is dict:
        hint = get_args(kind)[1]
        return {name: _plain(hint, item) for name, item in value.items()}
    if get_origin(kind) is tuple:
        return [_plain(hint, item) for hint, item in zip(_item_kinds(kind, len(value)), value, strict=True)]
    return _enumeration(kind)(value).value


def _value(kind: Any, plain: Any) -> Any:  # noqa: ANN401 - any type there is
    """Return the value that ``_plain`` wrote."""
    if plain is None and kind != _present(kind):
        return None
    kind = _present(kind)
    if kind in _SCALARS:
        return _SCALARS[kind][1](plain)
    if isinstance(kind, type) and is_dataclass(kind):
        given = {name: _value(hint, plain[name]) for name, hint in _stored_fields(kind) if name in plain}
        return kind(**given)
    if get_origin(kind) is dict:
        hint = get_args(kind)[1]
        return {name: _value(hint, item) for name, item in plain.items()}
    if get_origin(kind) is tuple:
        return tuple(
            _value(hint, item) for hint, item in zip(_item_kinds(kind, len(plain)), plain, strict=True)
        )
    return _enumeration(kind)(plain)


def _present(kind: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return X for the annotation ``X | None``, anything else as it is."""
    if get_origin(kind) in (Union, types.UnionType):
        kinds = [item for item in get_args(kind) if item is not types.NoneType]
        if len(kinds) == 1:
            return kinds[0]
    return kind


def _item_kinds(kind: Any, count: int) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation
    """Return the annotation of each of a tuple's items."""
    kinds = get_args(kind)
    return kinds[:1] * count if kinds[-1] is Ellipsis else kinds


def _enumeration(kind: Any) -> type[Enum]:  # noqa: ANN401 - an annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    raise TypeError(f"no record can hold a {kind}")


@cache
def _stored_fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return name and annotation of each field that the constructor takes."""
    hints = get_type_hints(kind)
    return tuple((spec.name, hints[spec.name]) for spec in fields(kind) if spec.init)
