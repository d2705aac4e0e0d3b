"""The sizes of a network as JSON: they travel in the metadata of its weights and are read with distrust."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from rushlock.base.errors import UsageError


@dataclass(frozen=True, slots=True)
class Sizes:
    """What decides a network's shape. In a subclass every field has its published value as default."""

    def to_json(self) -> str:
        """Return all sizes as a JSON object."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the sizes that ``to_json`` wrote; what is left out has its published value.

        Raises:
            UsageError: This is no such object, or an entry has the wrong name or type.
        """
        return cls(**_fields_of(cls, text))


def even_offsets(classes: int, limit: float) -> tuple[float, ...]:
    """Return what offsets a head of so many classes tells apart: evenly up to a limit, ascending, seconds."""
    last = classes - 1
    return tuple(round(limit * (2 * i - last) / last, 9) for i in range(classes))


def _fields_of(kind: type[Sizes], text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise UsageError(f"the sizes of this network cannot be read: {error}") from error
    if not isinstance(given, dict):
        raise UsageError("the sizes of this network cannot be read: they are no JSON object")
    wanted = {field.name: type(field.default) for field in fields(kind)}
    for name, value in given.items():
        fits = wanted.get(name)
        if fits is None or not (type(value) is fits or (fits is float and type(value) is int)):
            raise UsageError(f"the sizes of this network cannot be read: {name} = {value!r}")
    return given
