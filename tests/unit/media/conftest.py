"""Tiny real files and made-up probe results for the media tests."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import MediaFile, PictureStream, SoundStream


@pytest.fixture
def film(tmp_path):
    """Write a tiny file with pictures, sound or both, and return its path."""

    def write(
        name,
        *,
        rate=Fraction(25),
        frames=12,
        ticks=None,
        tick=None,
        sound=True,
        timecode=None,
        tags=None,
        codec="libx264",
        options=None,
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with av.open(str(path), "w", options=options or {}) as container:
            container.metadata.update(tags or {})
            if timecode:
                container.metadata["timecode"] = timecode
            video = container.add_stream(codec, rate=rate) if frames else None
            audio = (
                container.add_stream("pcm_s16le" if name.endswith("mov") else "aac", 48000, layout="mono")
                if sound
                else None
            )
            if video:
                _write_pictures(container, video, rate, frames, ticks, tick)
            if audio:
                _write_sound(container, audio, float(frames / rate) if frames else 0.5)
        return path

    return write


def _write_pictures(container, stream, rate, frames, ticks, tick):
    stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
    tick = tick or 1 / Fraction(rate)
    stream.codec_context.time_base = tick
    for number, at in enumerate(ticks or range(frames)):
        picture = av.VideoFrame.from_ndarray(np.full((32, 32, 3), number % 200, np.uint8), "rgb24")
        picture.pts, picture.time_base = at, tick
        container.mux(stream.encode(picture))
    container.mux(stream.encode())


def _write_sound(container, stream, seconds):
    samples = np.zeros((1, round(seconds * 48000)), np.int16)
    frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
    frame.sample_rate, frame.pts = 48000, 0
    for packet in (*stream.encode(frame), *stream.encode()):
        container.mux(packet)


@pytest.fixture(scope="session")
def media_file():
    """Make a MediaFile as ``probe`` would return it."""
    count = iter(range(1, 1_000_000))

    def make(path, *, pictures=True, seconds=60, start=None, rate=25, **facts):
        fps = FrameRate(Fraction(rate))
        length = Fraction(seconds)
        picture = PictureStream(0, "h264", 1920, 1080, fps, False, None, Fraction(0), length)
        sound = SoundStream(1, "aac", 48000, 2, "stereo", Fraction(0), length)
        timecode = Timecode(fps.frame_at(Fraction(start)), fps) if start is not None and pictures else None
        defaults = {
            "size": 1_000_000,
            "container": "mp4" if pictures else "wav",
            "day_seconds": Fraction(start) if start is not None else None,
            "timecode": timecode,
            "fingerprint": f"{next(count):032x}",
        }
        return MediaFile(
            path=Path("/rushes") / path,
            modified_ns=0,
            start=Fraction(0),
            duration=length,
            pictures=(picture,) if pictures else (),
            sounds=(sound,),
            **(defaults | facts),
        )

    return make
