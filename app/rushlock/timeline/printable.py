"""Texts that UTF-8, and with it OTIO, can carry.

A file name may hold bytes that are no UTF-8; Python keeps them as lone surrogates, which OTIO refuses.
For show they become replacement characters; the URI of the media keeps the bytes.
"""

from typing import Any


def printable(text: str) -> str:
    """Return a text with a replacement character for every byte that is no UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def all_printable(value: Any) -> Any:  # noqa: ANN401 - whatever metadata may hold
    """Return nested dictionaries and lists with every text in them made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(key): all_printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [all_printable(inner) for inner in value]
    return value
