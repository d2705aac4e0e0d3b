"""Broadcast WAV of 24 bits, written forwards.

Sources: EBU Tech 3285 (bext), iXML 3.0, EBU Tech 3306 (RF64, from 4 GB on).
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

import rushlock
from rushlock.base.timecode import Timecode

BYTES = 3
_BITS = 8 * BYTES
_FULL = 1 << (_BITS - 1)
_UNKNOWN = 0xFFFFFFFF
_BEXT = struct.Struct("<256s32s32s10s8sQH254x")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a file says of itself.

    Attributes:
        reference: Samples since midnight of the first one.
        timecode: Of the timeline at that sample; its rate and counting are stated.
        tracks: Name of each channel.
        sources: Names of the files that it was made of.
        made: What was done to it, for the coding history.
        recorded: When, by the recorder's clock, where known.
    """

    reference: int
    timecode: Timecode
    tracks: tuple[str, ...]
    sources: tuple[str, ...]
    made: str
    reel: str = ""
    scene: str = ""
    take: str = ""
    recorded: datetime | None = None


def header(labels: Labels, sample_rate: int, samples: int) -> bytes:
    """Return everything up to the first sample of a file that will hold so many."""
    channels = len(labels.tracks)
    size = samples * channels * BYTES
    align = channels * BYTES
    form = struct.pack("<HHIIHH", 1, channels, sample_rate, sample_rate * align, align, _BITS)
    chunks = _chunk(b"bext", _bext(labels, sample_rate))
    chunks += _chunk(b"iXML", _ixml(labels, sample_rate)) + _chunk(b"fmt ", form)
    whole = 4 + len(chunks) + 8 + size + size % 2
    if whole <= _UNKNOWN - 8:
        return struct.pack("<4sI4s", b"RIFF", whole, b"WAVE") + chunks + struct.pack("<4sI", b"data", size)
    long = _chunk(b"ds64", struct.pack("<QQQI", whole + 36, size, samples, 0))
    head = struct.pack("<4sI4s", b"RF64", _UNKNOWN, b"WAVE") + long + chunks
    return head + struct.pack("<4sI", b"data", _UNKNOWN)


def write_samples(file: BinaryIO, samples: npt.NDArray[np.floating]) -> None:
    """Append (channels, n), full scale 1; what is beyond it is cut."""
    whole = np.clip(np.rint(samples.T * _FULL), -_FULL, _FULL - 1).astype("<i4")
    file.write(np.ascontiguousarray(whole.reshape(-1, 1).view(np.uint8)[:, :BYTES]).data)


def padding(samples: int, channels: int) -> bytes:
    """Return what follows the last sample."""
    return bytes(samples * channels * BYTES % 2)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(body)) + body + bytes(len(body) % 2)


def _bext(labels: Labels, sample_rate: int) -> bytes:
    when = labels.recorded
    history = f"A=PCM,F={sample_rate},W={_BITS},M={len(labels.tracks)}ch,T=Rushlock {rushlock.__version__}"
    body = _BEXT.pack(
        _ascii(f"{labels.made}, from {', '.join(labels.sources)}", 256),
        _ascii("Rushlock", 32),
        b"",
        when.strftime("%Y-%m-%d").encode() if when else b"",
        when.strftime("%H:%M:%S").encode() if when else b"",
        labels.reference,
        1,
    )
    return body + _ascii(f"{history}; {labels.made}\r\n", 1024)


def _ascii(text: str, most: int) -> bytes:
    return text.encode("ascii", "replace")[:most]


def _ixml(labels: Labels, sample_rate: int) -> bytes:
    tracks = "".join(
        f"<TRACK><CHANNEL_INDEX>{n}</CHANNEL_INDEX><INTERLEAVE_INDEX>{n}</INTERLEAVE_INDEX>"
        f"<NAME>{_xml(name)}</NAME></TRACK>"
        for n, name in enumerate(labels.tracks, start=1)
    )
    rate = labels.timecode.rate.fps
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        "<BWFXML><IXML_VERSION>3.0</IXML_VERSION>"
        f"<SCENE>{_xml(labels.scene)}</SCENE><TAKE>{_xml(labels.take)}</TAKE><TAPE>{_xml(labels.reel)}</TAPE>"
        f"<NOTE>{_xml(labels.made)}</NOTE>"
        f"<SPEED><TIMECODE_RATE>{rate.numerator}/{rate.denominator}</TIMECODE_RATE>"
        f"<TIMECODE_FLAG>{'DF' if labels.timecode.drop else 'NDF'}</TIMECODE_FLAG>"
        f"<FILE_SAMPLE_RATE>{sample_rate}</FILE_SAMPLE_RATE><AUDIO_BIT_DEPTH>{_BITS}</AUDIO_BIT_DEPTH>"
        f"<DIGITIZER_SAMPLE_RATE>{sample_rate}</DIGITIZER_SAMPLE_RATE>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>{labels.reference >> 32}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>{labels.reference & _UNKNOWN}"
        "</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
        f"<TIMESTAMP_SAMPLE_RATE>{sample_rate}</TIMESTAMP_SAMPLE_RATE></SPEED>"
        f"<HISTORY><ORIGINAL_FILENAME>{_xml(labels.sources[0])}</ORIGINAL_FILENAME></HISTORY>"
        f"<TRACK_LIST><TRACK_COUNT>{len(labels.tracks)}</TRACK_COUNT>{tracks}</TRACK_LIST></BWFXML>"
    ).encode()


def _xml(text: str) -> str:
    """Return a text that XML can hold: no control characters, which it forbids even escaped."""
    return escape("".join(mark if mark.isprintable() else " " for mark in text))
