"""Clips and sync maps made up from numbers, for the floors that need no media."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.media.clip import Clip, MediaFile, PictureStream, SoundStream
from rushlock.nets.protocol import SegmentLayout
from rushlock.offsets.heads.recording import Recording, Segments
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


class PlantedNet:
    """A network for scenes in which whatever is bright is loud: it compares brightness with loudness.

    Deterministic. ``bias``: by how much it answers too low; ``stated``: what it says of that.
    """

    name, digest, experimental = "planted", "planted-1", False

    def __init__(self, bias=0.0, stated=0.0, gain=12.0):
        classes = tuple(round(-2 + 0.2 * k, 1) for k in range(21))
        self.layout = SegmentLayout(25, 16000, 16, 10240, 8, 16, 16, 14, classes, stated)
        self._bias, self._gain = bias, gain
        self.windows_judged = 0

    def embed_pictures(self, segments):
        return (segments.astype(np.float32).mean(axis=(2, 3, 4)) / 255)[..., None]

    def embed_sound(self, segments):
        parts = segments.reshape(len(segments), 16, -1)
        return np.sqrt(np.mean(np.square(parts), axis=2, dtype=np.float32))[..., None]

    def offset_logits(self, pictures, sound):
        self.windows_judged += len(pictures)
        seen, heard = self._energy(pictures), self._energy(sound)
        return np.array(
            [[self._match(x, y, c) for c in self.layout.classes] for x, y in zip(seen, heard, strict=True)]
        )

    def belonging_logits(self, pictures, sound):
        return None

    def _energy(self, tokens):
        """Return (windows, frames) from segments of which each second half is the next one's first."""
        halves = tokens[:, :, :8, 0].reshape(len(tokens), -1)
        return np.concatenate([halves, tokens[:, -1, 8:, 0]], axis=1)

    def _match(self, seen, heard, seconds):
        times = np.arange(seen.size) - (seconds + self._bias) * self.layout.frame_rate
        inside = (times >= 0) & (times <= seen.size - 1)
        x, y = seen[inside], np.interp(times[inside], np.arange(seen.size), heard)
        x, y = x - x.mean(), y - y.mean()
        return self._gain * float(x @ y / np.sqrt((x @ x) * (y @ y) + 1e-9))


def planted_energy(seconds, seed):
    """Return how bright and loud a scene is, (frames,) at 25 a second: flashes at random times."""
    random = np.random.default_rng(seed)
    times = np.arange(int(seconds * 25)) / 25
    flashes = np.sort(random.uniform(0, seconds, int(seconds * 1.5)))
    heights = random.uniform(0.3, 1.0, flashes.size)
    bumps = heights * np.exp(-0.5 * ((times[:, None] - flashes) / 0.08) ** 2)
    return np.clip(bumps.sum(axis=1), 0, 1)


def planted_recording(net, energy, start, seconds, pictures=True, sound=True):
    """Return a recording of a scene from second ``start`` on, as heads see it."""
    layout = net.layout

    def at(times):
        return np.interp(start + times, np.arange(energy.size) / 25, energy)

    def embed(side, first, count):
        frames = (first + np.arange(count))[:, None] * 8 + np.arange(16)
        values = at(frames / layout.frame_rate).astype(np.float32)[..., None]
        return Segments(first, values, np.ones(count, np.bool_))
        yield  # a stage, though one that has nothing to tell

    return Recording(seconds, pictures, sound, embed)


@pytest.fixture(scope="session")
def planted():
    """Return the makers of scenes in which whatever is bright is loud, and of the network for them."""
    return SimpleNamespace(net=PlantedNet, energy=planted_energy, recording=planted_recording)
