"""Metadata documents that cameras write beside their clips, or embed in them.

Sony: ``C0001M01.XML`` beside ``C0001.MP4`` (NonRealTimeMeta, also embedded). Panasonic P2:
``CONTENTS/CLIP/0001AB.XML`` for ``CONTENTS/VIDEO/0001AB.MXF``. Canon: ``AA0001.XML`` for ``AA000101.MXF``.
The schemas differ and so do their versions, namespaces included; elements are found by their local names.
Documents come from strangers' cards: no DTD, no entities, bounded size.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode, TimecodeError
from rushlock.media.tags import NO_DEVICE, Device, moment

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_BYTES = 1 << 20
_PACKED_LTC = re.compile(r"[0-9A-Fa-f]{8}")
_DROP_BIT = 0x40
_NTSC = Fraction(1000, 1001)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What such a document says of a clip.

    Attributes:
        device: The camera.
        created: When the recording began.
        timecode: Label of the first frame as written, with its counting rate where stated; read by
            ``start_timecode``.
        shot: Identifier shared by the spans of one P2 shot, empty if there is none.
    """

    device: Device = NO_DEVICE
    created: datetime | None = None
    timecode: tuple[str, int | None] | None = None
    shot: str = ""

    def start_timecode(self, rate: FrameRate) -> Timecode | None:
        """Return the first frame's timecode beside a picture of some rate, None if there is none."""
        if self.timecode is None:
            return None
        text, counted = self.timecode
        try:
            if _PACKED_LTC.fullmatch(text):
                return unpacked(text, _counting_rate(rate, counted))
            return Timecode.parse(text, rate)
        except (TimecodeError, ValueError):
            return None


def sidecar_of(path: Path) -> Sidecar:
    """Return what lies beside a clip; empty if there is nothing readable."""
    for candidate in _candidates(path):
        try:
            with candidate.open("rb") as handle:
                text = handle.read(_MOST_BYTES + 1)
        except OSError:
            continue
        if len(text) <= _MOST_BYTES:
            return parsed(text)
    return Sidecar()


def parsed(text: bytes) -> Sidecar:
    """Read a document of any of the makers; an unreadable or hostile one is empty."""
    if not text:
        return Sidecar()
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Sidecar()
    return Sidecar(_device(root), _created(root), _timecode(root), _text(root, "GlobalShotID"))


def unpacked(packed: str, rate: FrameRate) -> Timecode:
    """Return the timecode in Sony's FFSSMMHH: an LTC word's BCD digits with its flag bits (SMPTE ST 12-1)."""
    raw = bytes.fromhex(packed)
    frame, second, minute, hour = (
        (byte & mask) >> 4 for byte, mask in zip(raw, (0x3F, 0x7F, 0x7F, 0x3F), strict=True)
    )
    digits = [
        tens * 10 + (byte & 0x0F) for tens, byte in zip((frame, second, minute, hour), raw, strict=True)
    ]
    label = f"{digits[3]:02}:{digits[2]:02}:{digits[1]:02}:{digits[0]:02}"
    return Timecode.parse(label, rate, drop=bool(raw[0] & _DROP_BIT))


def _counting_rate(picture: FrameRate, counted: int | None) -> FrameRate:
    """Return the rate of a timecode that counts so many labels a second beside a picture of some rate."""
    if not counted or counted == picture.timebase:
        return picture
    return FrameRate(counted * (_NTSC if picture.ntsc else Fraction(1)))


def _candidates(path: Path) -> Iterator[Path]:
    stem, parent = path.stem, path.parent
    if parent.name.upper() in ("VIDEO", "AUDIO") and parent.parent.name.upper() == "CONTENTS":
        clip = stem if parent.name.upper() == "VIDEO" else stem[:-2]
        yield parent.parent / "CLIP" / f"{clip}.XML"
        return
    for name in (f"{stem}M01.XML", f"{stem}.XML", f"{stem[:-2]}.XML"):
        yield parent / name


def _elements(root: "Element", name: str) -> "Iterator[Element]":
    return (e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name)


def _text(root: "Element", name: str) -> str:
    return next(((e.text or "").strip() for e in _elements(root, name)), "")


def _device(root: "Element") -> Device:
    for element in _elements(root, "Device"):
        attributes = element.attrib
        if "modelName" in attributes or "manufacturer" in attributes:
            keys = ("manufacturer", "modelName", "serialNo")
            return Device(*(attributes.get(key, "").strip() for key in keys))
    serial = _text(root, "SerialNo.") or _text(root, "SerialNo")
    return Device(_text(root, "Manufacturer"), _text(root, "ModelName"), serial)


def _created(root: "Element") -> datetime | None:
    for element in _elements(root, "CreationDate"):
        found = moment(element.attrib.get("value", "") or element.text or "")
        if found is not None:
            return found
    return moment(_text(root, "StartDate"))


def _timecode(root: "Element") -> tuple[str, int | None] | None:
    for table in _elements(root, "LtcChangeTable"):
        counted = table.attrib.get("tcFps", "")
        for change in _elements(table, "LtcChange"):
            if change.attrib.get("frameCount") == "0" and change.attrib.get("value"):
                return change.attrib["value"], int(counted) if counted.isdecimal() else None
    label = _text(root, "StartTimecode")
    if not label:
        return None
    drop = any(e.attrib.get("DropFrameFlag", "").lower() == "true" for e in _elements(root, "FrameRate"))
    return (f"{label[:-3]};{label[-2:]}" if drop and len(label) == len("00:00:00:00") else label), None
