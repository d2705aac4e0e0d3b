"""What a timeline counts of one file: its frames, or its samples where there is no picture.

Counting starts at the source timecode and is never altered. A file without timecode counts from 0.

A container may count its timecode coarser than its picture (119.88 fps with a timecode of 30): frames
are then multiplied, so that the label stays the label. Samples are counted since midnight as BWF does
(EBU Tech 3285).
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import MediaFile, PictureStream, SoundStream


@dataclass(frozen=True, slots=True)
class Source:
    """The countable units (frames or samples) of one file.

    Attributes:
        rate: Units per second: the picture's rate, or the sample rate of sound alone.
        start: Number of the first unit by the source timecode.
        length: How many units there are, at least 1.
        lead: Seconds from the file's first instant to its first unit (sound may begin before the picture).
        picture: Whether the units are frames.
        sound: Whether there is sound to lay under or instead of the picture.
        drop: Whether the source timecode counts drop-frame.
    """

    rate: FrameRate
    start: int
    length: int
    lead: Fraction
    picture: bool
    sound: bool
    drop: bool = False

    @property
    def timecode(self) -> Timecode:
        """Source timecode of the first unit."""
        return Timecode(self.start, self.rate, self.drop)


def source_of(file: MediaFile) -> Source:
    """Return what is to be counted of a readable file, which has a picture or sound."""
    sounding = any(sound.duration > 0 for sound in file.sounds)
    if file.pictures:
        return _picture_source(file, file.pictures[0], sounding)
    return _sound_source(file, file.sounds[0])


def _picture_source(file: MediaFile, picture: PictureStream, sounding: bool) -> Source:
    timecode = file.timecode
    return Source(
        rate=picture.rate,
        start=0 if timecode is None else _frames_at(timecode, picture.rate),
        length=max(1, _frame_count(picture)),
        lead=picture.start - file.start,
        picture=True,
        sound=sounding,
        drop=timecode is not None and timecode.drop and picture.rate.timebase % 30 == 0,
    )


def _frame_count(picture: PictureStream) -> int:
    """Return how many frames of the nominal rate the picture fills."""
    if picture.frames is not None and not picture.variable:
        return picture.frames
    return math.floor(picture.duration * picture.rate.fps + Fraction(1, 2))


def _frames_at(timecode: Timecode, rate: FrameRate) -> int:
    """Return a timecode's frame number counted at the picture's rate."""
    times, rest = divmod(rate.timebase, timecode.rate.timebase)
    return timecode.frames * times if rest == 0 else timecode.at_rate(rate).frames


def _sound_source(file: MediaFile, sound: SoundStream) -> Source:
    day = file.day_seconds
    if day is None and file.timecode is not None:
        day = file.timecode.seconds
    rate = FrameRate(Fraction(sound.sample_rate))
    return Source(
        rate=rate,
        start=0 if day is None else rate.frame_at(day),
        length=max(1, rate.frame_at(sound.duration)),
        lead=sound.start - file.start,
        picture=False,
        sound=True,
    )
