"""XML to write: elements made of what they hold, every text one that XML can carry."""

import re
from typing import Any, TypeAlias

from lxml import etree

from rushlock.timeline.printable import printable

Element: TypeAlias = Any
"""An element of lxml, which comes without types."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *inside: "Element | str | int | None", **attributes: str | int | None) -> Element:
    """Return an element with children or a text inside; what is None is left out, of both.

    Args:
        tag: Its name.
        inside: Children, or one text or number.
        attributes: ``id_`` is written ``id``, ``from_`` ``from``: names that Python keeps for itself.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_"), carried(str(value)))
    for part in inside:
        if isinstance(part, str | int):
            made.text = carried(str(part))
        elif part is not None:
            made.append(part)
    return made


def carried(text: str) -> str:
    """Return a text with a replacement character for each that XML 1.0 forbids (a name may hold any)."""
    return _FORBIDDEN.sub("\ufffd", printable(text))


def document(root: Element, doctype: str) -> bytes:
    """Return an XML file, indented, in UTF-8."""
    etree.indent(root, space=" ")
    written: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", doctype=f"<!DOCTYPE {doctype}>"
    )
    return written + b"\n"
