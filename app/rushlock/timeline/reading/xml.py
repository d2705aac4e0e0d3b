"""XML that may be hostile, read into lxml's elements."""

from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate, RateError

Element: TypeAlias = Any
"""An element of lxml, which comes without types."""

_MOST_BYTES = 256 << 20


def root_of(path: Path, tag: str) -> Element:
    """Return the root element of an XML file.

    Entities are never resolved and a document that declares any is refused: no editing system writes them.

    Args:
        path: Of the file.
        tag: What its root has to be.

    Raises:
        UsageError: It cannot be read, is too large, or is something else.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is too large for a timeline: more than {_MOST_BYTES >> 20} MiB")
        tree = etree.fromstring(path.read_bytes(), parser).getroottree()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"{path} is broken XML: {error}") from error
    if tree.docinfo.internalDTD is not None and list(tree.docinfo.internalDTD.iterentities()):
        raise UsageError(f"{path} declares entities, which no timeline needs: not read")
    root = tree.getroot()
    if root.tag != tag:
        raise UsageError(f"{path} is no {tag} document but <{root.tag}>")
    return root


def text(element: Element, path: str) -> str:
    """Return the text at a path below an element, empty where there is none."""
    return str(element.findtext(path) or "").strip()


def whole(written: str) -> int | None:
    """Return a whole number; some programs write "1055.0"."""
    try:
        return int(Fraction(written))
    except (ValueError, ZeroDivisionError):
        return None


def rate_of(timebase: str, ntsc: str) -> FrameRate | None:
    """Return the rate that a timebase and an NTSC flag mean."""
    frames = whole(timebase)
    if frames is None:
        return None
    try:
        return FrameRate(Fraction(frames * 1000, 1001) if ntsc.upper() == "TRUE" else Fraction(frames))
    except RateError:
        return None
