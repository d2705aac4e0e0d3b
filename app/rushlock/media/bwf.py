"""What sound recorders write into WAV files: ``bext`` (EBU Tech 3285) and iXML, read through wavinfo.

wavinfo walks files without bounds and hands iXML to a forgiving parser. Rushlock therefore cuts the two
chunks out itself (see ``riff``) and gives wavinfo a tiny file that holds just one of them, its XML turned
to plain UTF-8 and refused when it declares a document type, so that no entity can be defined, resolved or
multiplied.

The bext time reference counts samples since midnight. It is recorded as it stands: editing programs write
the place on their own timeline there, which only a comparison with other sources can tell.
"""

import io
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from wavinfo import WavInfoReader

from rushlock.base.rate import FrameRate, RateError
from rushlock.base.timecode import Timecode, TimecodeError
from rushlock.media.riff import WaveChunks
from rushlock.media.tags import NO_DEVICE, Device, moment

_BEXT_BYTES = 602
_FORMAT_BYTES = 16
_LONGEST_DAY_S = 86_487
"""24 hours of labels at 23.976 in real seconds, rounded up: no time of day lies later."""

_UNTRUSTED = (
    AssertionError,
    AttributeError,
    EOFError,
    KeyError,
    StopIteration,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What wavinfo and its XML parser raise over damaged chunks."""

_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_SERIAL = re.compile(r"(?:^|\s)S#(\S+)")
_DATE = re.compile(r"(\d{4})\D(\d{2})\D(\d{2})")
_TIME = re.compile(r"(\d{2})\D(\d{2})\D(\d{2})")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Facts of a broadcast WAV; what is unknown is empty or None."""

    source: str = ""
    day_seconds: Fraction | None = None
    timecode: Timecode | None = None
    created: datetime | None = None
    device: Device = NO_DEVICE
    reel: str = ""
    scene: str = ""
    take: str = ""
    family: str = ""
    track_names: tuple[str, ...] = ()


def broadcast_facts(wave: WaveChunks, sample_rate: int) -> Broadcast:
    """Return what a WAV file's bext and iXML say.

    Args:
        wave: Its chunks.
        sample_rate: Of the sound, in Hz: the unit of the time reference.
    """
    bext = _read(wave, b"bext", _BEXT_BYTES).bext if b"bext" in wave.chunks else None
    ixml = _read(wave, b"iXML", 1).ixml if b"iXML" in wave.chunks else None
    if ixml is not None and ixml.raw_xml.getroot() is None:  # the forgiving parser found no element at all
        ixml = None
    day, source = _time_of_day(bext, ixml, sample_rate)
    return Broadcast(
        source=source,
        day_seconds=day,
        timecode=_timecode(ixml, day),
        created=_created(bext),
        device=_device(bext),
        reel=_value(ixml, "TAPE"),
        scene=_value(ixml, "SCENE"),
        take=_value(ixml, "TAKE"),
        family=_value(ixml, "FILE_SET/FAMILY_UID") or _umid(bext),
        track_names=_track_names(ixml),
    )


class _Nothing:
    """What a damaged chunk yields."""

    bext = None
    ixml = None


def _read(wave: WaveChunks, kind: bytes, least: int) -> Any:  # noqa: ANN401 - wavinfo is untyped
    """Return wavinfo's reading of one chunk, or of nothing where it is damaged."""
    body = _safe_xml(wave.chunks[kind]) if kind == b"iXML" else wave.chunks[kind]
    form = wave.chunks.get(b"fmt ", b"")[:_FORMAT_BYTES]
    if len(body) < least or len(form) < _FORMAT_BYTES:
        return _Nothing
    chunks = b"".join(_chunk(*pair) for pair in ((b"fmt ", form), (b"data", b""), (kind, body)))
    try:
        return WavInfoReader(  # type: ignore[no-untyped-call]
            io.BytesIO(_chunk(b"RIFF", b"WAVE" + chunks)), bext_encoding="latin_1"
        )
    except _UNTRUSTED:
        return _Nothing


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)


def _safe_xml(raw: bytes) -> bytes:
    """Return iXML as UTF-8 without declaration; nothing if it declares a document type or entities."""
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = _DECLARATION.sub("", raw.decode(encoding, "replace").rstrip("\0"), count=1).strip()
    return b"" if "<!DOCTYPE" in text or "<!ENTITY" in text else text.encode()


def _time_of_day(bext: Any, ixml: Any, sample_rate: int) -> tuple[Fraction | None, str]:  # noqa: ANN401
    if bext is not None:
        seconds, source = Fraction(bext.time_reference, sample_rate), "bext"
    else:
        high = _value(ixml, "SPEED/TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI") or "0"
        low = _value(ixml, "SPEED/TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO")
        if not (high.isdecimal() and low.isdecimal()):
            return None, ""
        seconds, source = Fraction((int(high) << 32) + int(low), sample_rate), "ixml"
    return (seconds, source) if seconds < _LONGEST_DAY_S else (None, "")


def _timecode(ixml: Any, day: Fraction | None) -> Timecode | None:  # noqa: ANN401
    """Return the label under way at the first sample; recorders start between frames."""
    if day is None:
        return None
    try:
        rate = FrameRate.parse(_value(ixml, "SPEED/TIMECODE_RATE"))
        drop = _value(ixml, "SPEED/TIMECODE_FLAG").upper() == "DF"
        return Timecode(rate.frame_at(day, "floor"), rate, drop)
    except (RateError, TimecodeError):
        return None


def _created(bext: Any) -> datetime | None:  # noqa: ANN401
    """Return the origination date and time; recorders separate the numbers as they like."""
    if bext is None:
        return None
    date, time = _DATE.fullmatch(bext.originator_date), _TIME.fullmatch(bext.originator_time)
    if date is None:
        return None
    clock = ":".join(time.groups()) if time else "00:00:00"
    return moment(f"{'-'.join(date.groups())}T{clock}")


def _device(bext: Any) -> Device:  # noqa: ANN401
    if bext is None:
        return NO_DEVICE
    originator = bext.originator.strip()
    serial = _SERIAL.search(originator)
    return Device("", _SERIAL.sub("", originator).strip(), serial[1] if serial else "")


def _umid(bext: Any) -> str:  # noqa: ANN401
    return bext.umid.rstrip(b"\0").hex() if bext is not None and bext.umid else ""


def _track_names(ixml: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the tracks' names in the order in which their samples are interleaved."""
    if ixml is None or ixml.raw_xml.find("./TRACK_LIST") is None:
        return ()
    tracks = list(ixml.track_list)
    if all(track.interleave_index.isdecimal() for track in tracks):
        tracks.sort(key=lambda track: int(track.interleave_index))
    return tuple(track.name.strip() for track in tracks)


def _value(ixml: Any, xpath: str) -> str:  # noqa: ANN401
    """Return the text at a path of iXML elements."""
    element = None if ixml is None else ixml.raw_xml.find(f"./{xpath}")
    return (element.text or "").strip() if element is not None else ""
