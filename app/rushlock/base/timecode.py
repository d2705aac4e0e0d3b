"""Timecode: a frame count with a rate and a drop-frame flag (SMPTE ST 12-1)."""

from dataclasses import dataclass

from rushlock.base.rate import FrameRate


@dataclass(frozen=True, slots=True)
class Timecode:
    """A label on a frame: frames since 00:00:00:00 at a rate, drop-frame or not."""

    frames: int
    rate: FrameRate
    drop: bool = False
