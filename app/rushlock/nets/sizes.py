"""The sizes of a network as JSON: they travel in the metadata of its weights and are read with distrust."""

import json
from dataclasses import fields
from typing import Any

from rushlock.base.errors import UsageError


def sizes_of(kind: type, text: str) -> dict[str, Any]:
    """Return the entries of a JSON object as fields of a dataclass of which every field has a default.

    Raises:
        UsageError: This is no such object, or an entry has the wrong name or type.
    """
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
