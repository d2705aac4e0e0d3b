"""Noise through codecs: what came back, on the clock of what went in.

Sound is white noise, pictures are grain on drifting blobs: nothing in either tells how late in the clip it
is. Whatever does, afterwards, was put there by the codec: where its frames begin, how its rate swings.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.video.stream import VideoStream

from rushlock.evaluation.events.views import smooth_noise
from rushlock.media.sound import Floats
from rushlock.nets.protocol import Pictures, SegmentLayout

FRAME_RATE = 10
"""Of the pictures, as published: a trim's grid is one frame."""

_LEVEL = 0.1
_AAC_RATE = 64_000
_PICTURE_RATE = 250_000
_CELLS = 4
_GRAIN = 18.0
_BLOBS = 60.0
_DRIFT = 3


@dataclass(frozen=True)
class Coding:
    """A way of coding.

    Attributes:
        name: For people.
        pictures: Of pictures, else of sound.
        clip: (generator, seconds, layout) to pictures (frames, side, side, 3), ``FRAME_RATE`` a second, or to
            samples at the layout's rate.
        planted: Whether this is no codec but time told on purpose: the probe has to find it.
    """

    name: str
    pictures: bool
    clip: Callable[[np.random.Generator, float, SegmentLayout], Pictures | Floats]
    planted: bool = False


def codings() -> tuple[Coding, ...]:
    """Return all that are probed."""
    return (
        Coding("PCM 16 kHz", False, _plain_sound),
        Coding("AAC 16 kHz", False, _aac(16_000)),
        Coding("AAC 44.1 kHz", False, _aac(44_100)),
        Coding("sound, planted", False, _swelling, planted=True),
        Coding("H.264", True, _coded("libx264")),
        Coding("MPEG-4 Part 2", True, _coded("mpeg4")),
        Coding("pictures, planted", True, _brightening, planted=True),
    )


def _plain_sound(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Floats:
    return _noise(random, round(seconds * layout.sample_rate))


def _swelling(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Floats:
    """A tone that climbs from 300 Hz by an octave every two seconds: heard by any spectrogram."""
    times = np.arange(round(seconds * layout.sample_rate)) / layout.sample_rate
    pitch = 300.0 * 2.0 ** (times / 2.0)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / layout.sample_rate)
    return np.asarray(_noise(random, len(times)) + 0.3 * tone, np.float32)


def _aac(rate: int) -> Callable[[np.random.Generator, float, SegmentLayout], Floats]:
    def clip(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Floats:
        from scipy.signal import resample_poly

        back = _through_aac(_noise(random, round(seconds * rate)), rate)
        ratio = Fraction(layout.sample_rate, rate)
        even = back if ratio == 1 else resample_poly(back, ratio.numerator, ratio.denominator)
        count = round(seconds * layout.sample_rate)
        return np.pad(np.asarray(even[:count], np.float32), (0, max(count - len(even), 0)))

    return clip


def _noise(random: np.random.Generator, count: int) -> Floats:
    return np.asarray(_LEVEL * random.standard_normal(count), np.float32)


def _through_aac(samples: Floats, rate: int) -> Floats:
    """Return what a decoder makes of samples, laid where its time stamps say."""
    file = io.BytesIO()
    with av.open(file, mode="w", format="mp4") as container:
        stream = container.add_stream("aac", rate=rate, layout="mono")
        stream.bit_rate = _AAC_RATE
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    out = np.zeros(len(samples), np.float32)
    with av.open(file, mode="r") as container:
        for found in container.decode(audio=0):
            at = round(float(found.time or 0.0) * rate)
            mono = found.to_ndarray()[0]
            skipped = max(-at, 0)
            part = mono[skipped : skipped + max(len(out) - max(at, 0), 0)]
            out[max(at, 0) : max(at, 0) + len(part)] = part
    return out


def _film(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Pictures:
    """Return blobs that drift with no beginning and no end, under grain."""
    side, count = layout.picture, round(seconds * FRAME_RATE)
    blobs = smooth_noise(random, (side, side), _CELLS)
    ways = random.integers(-_DRIFT, _DRIFT + 1, (count, 2)).cumsum(axis=0)
    frames = np.empty((count, side, side, 3), np.uint8)
    for number, way in enumerate(ways):
        moved = np.roll(blobs, tuple(way), axis=(0, 1))
        grain = random.standard_normal((side, side, 1))
        frames[number] = np.clip(128 + _BLOBS * moved + _GRAIN * grain, 0, 255)
    return frames


def _brightening(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Pictures:
    """The same, with a bar across the middle that comes down along the clip."""
    frames = _film(random, seconds, layout)
    side = layout.picture
    for number, frame in enumerate(frames):
        at = number * side // len(frames)
        frame[at : at + max(side // 8, 1)] = 255
    return frames


def _coded(codec: str) -> Callable[[np.random.Generator, float, SegmentLayout], Pictures]:
    def clip(random: np.random.Generator, seconds: float, layout: SegmentLayout) -> Pictures:
        return _through_video(_film(random, seconds, layout), codec)

    return clip


def _through_video(frames: Pictures, codec: str) -> Pictures:
    """Return what a decoder makes of frames."""
    file = io.BytesIO()
    with av.open(file, mode="w", format="mp4") as container:
        stream = cast("VideoStream", container.add_stream(codec, rate=FRAME_RATE))
        stream.width = stream.height = frames.shape[1]
        stream.pix_fmt, stream.bit_rate = "yuv420p", _PICTURE_RATE
        for picture in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, mode="r") as container:
        shown = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    return np.asarray(np.stack(shown), np.uint8)
