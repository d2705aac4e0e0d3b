"""Clips and sync maps made up from numbers, for the floors that need no media."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.media.clip import Clip, MediaFile, PictureStream, SoundStream
from rushlock.placements.sync_map import Placement, Status, SyncMap


def picture_file(path, rate, frames, timecode=None, sound=True, **more):
    """Return a file of some frames; picture and sound begin together unless told otherwise."""
    length = rate.seconds_of(frames)
    pictures = (PictureStream(0, "h264", 1920, 1080, rate, False, frames, Fraction(0), length),)
    sounds = (SoundStream(1, "pcm_s16le", 48000, 2, "stereo", Fraction(0), length),) if sound else ()
    defaults = {
        "size": 1,
        "modified_ns": 0,
        "fingerprint": str(path),
        "container": "mov",
        "start": Fraction(0),
    }
    more = {"pictures": pictures, "sounds": sounds, "duration": length, "timecode": timecode} | more
    return MediaFile(path=Path(path), **(defaults | more))


def sound_file(path, samples, day_seconds=None, channels=2, sample_rate=48000, **more):
    """Return a recorder's file."""
    length = Fraction(samples, sample_rate)
    stream = SoundStream(0, "pcm_s24le", sample_rate, channels, "", Fraction(0), length)
    defaults = {
        "size": 1,
        "modified_ns": 0,
        "fingerprint": str(path),
        "container": "wav",
        "start": Fraction(0),
    }
    more = {"sounds": (stream,), "duration": length, "day_seconds": day_seconds} | more
    return MediaFile(path=Path(path), **(defaults | more))


def clip(camera, *files, given=""):
    """Return a clip of some files."""
    return Clip(key="+".join(str(f.path) for f in files), camera=camera, files=files, given=given)


def placement(of, start, rate=1.0, status=Status.SYNCED, group=0, reason="as planted", clock=None, **more):
    """Return a clip's placement at a start in seconds; None leaves it unsynced."""
    if start is None:
        return Placement(of.key, None, None, Status.UNSYNCED, 0.0, reason)
    known = Clock.line(float(start), rate) if clock is None else clock
    return Placement(of.key, group, known, status, 0.99, reason, **more)


def sync_map(*placements, time_of_day=(True,), **more):
    """Return a sync map whose groups' clocks are times of day unless told otherwise."""
    return SyncMap(tuple(placements), len(time_of_day), tuple(time_of_day), **more)


@pytest.fixture(scope="session")
def made_up():
    """Return the makers of clips and sync maps."""
    return SimpleNamespace(
        picture_file=picture_file,
        sound_file=sound_file,
        clip=clip,
        placement=placement,
        sync_map=sync_map,
        rate=FrameRate.parse,
    )
