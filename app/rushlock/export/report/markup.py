"""HTML and SVG elements from texts and attributes, everything escaped on the way in."""

import html
from collections.abc import Iterable


class Markup(str):
    """A text that is HTML already."""

    __slots__ = ()


def tag(name: str, *content: str | Iterable[str], **attributes: object) -> Markup:
    """Return an element; plain strings are escaped, ``Markup`` is taken as it is.

    Args:
        name: Of the element.
        content: Strings, or iterables of them.
        attributes: A trailing underscore is dropped and others become hyphens: ``class_``, ``text_anchor``.
            One that is None is left out; ``Markup`` is taken as it is here, too.
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{shown}>{joined(*content)}</{name}>")


def joined(*content: str | Iterable[str]) -> Markup:
    """Return all content one after another, plain strings escaped."""
    return Markup("".join(_markup(part) for part in content))


def _value(value: object) -> str:
    return value if isinstance(value, Markup) else html.escape(_clean(str(value)))


def _markup(content: str | Iterable[str]) -> str:
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return html.escape(_clean(content))
    return "".join(_markup(part) for part in content)


def _clean(text: str) -> str:
    """Return a text with what HTML cannot carry made visible: control characters, bytes that are no UTF-8."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in " \n" else f"\\x{ord(char) & 0xFF:02x}" for char in text
    )
