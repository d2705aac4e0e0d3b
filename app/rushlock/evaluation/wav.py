"""Broadcast WAV written by hand: PCM of 16 or 24 bits with ``bext`` and ``iXML`` (EBU Tech 3285; iXML 3.0).

By hand because a recorder's chunks must be exact and because it is quicker than any library.
"""

import struct
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

import numpy as np

from rushlock.evaluation.labels import Labels
from rushlock.evaluation.scene.blocks import Sound

_BEXT_SIZE = 602


class WavWriter:
    """Writes one WAV; appears under its name only when closed."""

    def __init__(
        self, path: Path, sample_rate: int, channels: int, total: int, bits: int, labels: Labels
    ) -> None:
        """Open for ``total`` samples of ``channels`` channels."""
        self._path, self._temporary = path, path.with_name(f".{path.name}.part")
        self._bits = bits
        self._file: BinaryIO = self._temporary.open("wb")
        size = total * channels * bits // 8
        fmt = struct.pack(
            "<HHIIHH",
            1,
            channels,
            sample_rate,
            sample_rate * channels * bits // 8,
            channels * bits // 8,
            bits,
        )
        chunks = (
            _chunk(b"bext", _bext(labels, sample_rate))
            if labels.start_samples(sample_rate) is not None
            else b""
        )
        chunks += _chunk(b"iXML", _ixml(labels, sample_rate, channels, bits)) + _chunk(b"fmt ", fmt)
        self._file.write(
            b"RIFF" + struct.pack("<I", 4 + len(chunks) + 8 + size + size % 2) + b"WAVE" + chunks
        )
        self._file.write(b"data" + struct.pack("<I", size))
        self._padding = bytes(size % 2)

    def write(self, sound: Sound) -> None:
        """Append samples x channels."""
        whole = np.rint(sound * float((1 << (self._bits - 1)) - 1)).astype("<i4")
        if self._bits == 16:
            self._file.write(whole.astype("<i2").tobytes())
        else:
            self._file.write(whole.reshape(-1, 1).view(np.uint8)[:, :3].tobytes())

    def close(self) -> None:
        """Finish the file and give it its name."""
        self._file.write(self._padding)
        self._file.close()
        self._temporary.replace(self._path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _bext(labels: Labels, sample_rate: int) -> bytes:
    created = labels.created or datetime(2026, 1, 1)
    text = struct.pack(
        "<256s32s32s10s8s",
        f"sSCENE={labels.scene}\r\nsTAKE={labels.take}\r\nsTAPE={labels.reel}\r\n".encode("ascii", "replace"),
        labels.model.encode("ascii", "replace")[:32],
        labels.clip.encode("ascii", "replace")[:32],
        created.strftime("%Y-%m-%d").encode(),
        created.strftime("%H:%M:%S").encode(),
    )
    reference = labels.start_samples(sample_rate) or 0
    return (text + struct.pack("<QH", reference, 1)).ljust(_BEXT_SIZE, b"\0")


def _ixml(labels: Labels, sample_rate: int, channels: int, bits: int) -> bytes:
    tracks = "".join(
        f"<TRACK><CHANNEL_INDEX>{n}</CHANNEL_INDEX><INTERLEAVE_INDEX>{n}</INTERLEAVE_INDEX>"
        f"<NAME>{escape(labels.channel_name(n - 1))}</NAME></TRACK>"
        for n in range(1, channels + 1)
    )
    reference = labels.start_samples(sample_rate) or 0
    rate, drop = labels.timecode_rate, labels.timecode is not None and labels.timecode.drop
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        "<BWFXML><IXML_VERSION>2.10</IXML_VERSION>"
        f"<SCENE>{escape(labels.scene)}</SCENE><TAKE>{escape(labels.take)}</TAKE><TAPE>{escape(labels.reel)}</TAPE>"
        f"<SPEED><TIMECODE_RATE>{rate.fps.numerator}/{rate.fps.denominator}</TIMECODE_RATE>"
        f"<TIMECODE_FLAG>{'DF' if drop else 'NDF'}</TIMECODE_FLAG>"
        f"<FILE_SAMPLE_RATE>{sample_rate}</FILE_SAMPLE_RATE><AUDIO_BIT_DEPTH>{bits}</AUDIO_BIT_DEPTH>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>{reference >> 32}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>{reference & 0xFFFFFFFF}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
        f"<TIMESTAMP_SAMPLE_RATE>{sample_rate}</TIMESTAMP_SAMPLE_RATE></SPEED>"
        f"<TRACK_LIST><TRACK_COUNT>{channels}</TRACK_COUNT>{tracks}</TRACK_LIST></BWFXML>"
    ).encode()
