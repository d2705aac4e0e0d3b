"""Clip files: sound and picture by PyAV, WAV by hand.

All writers take blocks of sound (samples x channels, -1 to 1) and frames of picture and put both so that the
first sample and the first frame are presented together. Lossy encoders prepend silence ("priming"); their
containers say how much is to be skipped (MP4 edit list, LAME tag, Opus pre-skip), so that the first
*presented* sample is the first one written. ``tests/unit/evaluation/test_writers.py`` checks that by
decoding.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
import av.codec
import numpy as np
from numpy.typing import NDArray

from rushlock.base.rate import FrameRate
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.scene.blocks import Sound
from rushlock.evaluation.wav import WavWriter

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Format:
    """How one kind of file is written: container, codec, sample format, bits a second for each channel."""

    container: str
    codec: str
    sample_format: str
    bit_rate: int = 0
    picture: bool = False


FORMATS = {
    ".wav": Format("wav", "pcm_s16le", "s16"),
    ".WAV": Format("wav", "pcm_s24le", "s24"),
    ".flac": Format("flac", "flac", "s16"),
    ".m4a": Format("ipod", "aac", "fltp", 64000),
    ".mp3": Format("mp3", "libmp3lame", "fltp", 64000),
    ".mka": Format("matroska", "libopus", "flt", 48000),
    ".mkv": Format("matroska", "libopus", "flt", 48000, True),
    ".mp4": Format("mp4", "aac", "fltp", 128000, True),
    ".mov": Format("mov", "pcm_s16le", "s16", 0, True),
}
"""By file suffix; ``.WAV`` is a recorder's 24 bit."""


@dataclass(frozen=True)
class PictureFormat:
    """Size and rate of a picture to be written; ``ticks`` a second is how fine its frames can be timed."""

    width: int
    height: int
    rate: FrameRate
    ticks: int


class ClipWriter(Protocol):
    """Writes one clip file."""

    def write(self, sound: Sound) -> None:
        """Append samples x channels."""
        ...

    def close(self) -> None:
        """Finish the file and give it its name."""
        ...

    def abandon(self) -> None:
        """Leave nothing behind."""
        ...


def open_writer(
    path: Path,
    sample_rate: int,
    channels: int,
    total: int,
    labels: Labels,
    picture: PictureFormat | None = None,
) -> "WavWriter | MediaWriter":
    """Open a file by its suffix.

    Args:
        path: Where to; the folder exists.
        sample_rate: Of the sound.
        channels: 1 or 2; 0: no sound stream.
        total: Samples that will be written.
        labels: What the device says about the clip.
        picture: Its picture, if any.
    """
    shape = FORMATS[path.suffix]
    if shape.container == "wav":
        bits = 24 if shape.sample_format == "s24" else 16
        return WavWriter(path, sample_rate, channels, total, bits, labels)
    return MediaWriter(path, shape, sample_rate, channels, labels, picture)


class MediaWriter:
    """Writes one file by PyAV; appears under its name only when closed."""

    def __init__(
        self,
        path: Path,
        shape: Format,
        sample_rate: int,
        channels: int,
        labels: Labels,
        picture: PictureFormat | None,
    ) -> None:
        """Open the file and its streams."""
        self._path, self._temporary = path, path.with_name(f".{path.name}.part")
        self._shape, self._sample_rate = shape, sample_rate
        options = {"fflags": "+bitexact"}  # no times or random numbers of this run in the file
        if shape.container in ("mp4", "mov"):
            options["movflags"] = "use_metadata_tags"
        self._container = av.open(str(self._temporary), "w", format=shape.container, options=options)
        self._container.metadata.update(_metadata(labels, picture is not None))
        self._layout = "stereo" if channels == 2 else "mono"
        self._picture = _picture_stream(self._container, picture, labels) if picture else None
        self._sound = self._sound_stream(channels) if channels else None
        self._samples = 0

    def _sound_stream(self, channels: int) -> Any:  # noqa: ANN401 - its types vary by version
        codec = self._shape.codec
        stream: Any = self._container.add_stream(codec, rate=self._sample_rate, layout=self._layout)
        stream.codec_context.format = self._shape.sample_format
        if self._shape.bit_rate:
            stream.bit_rate = self._shape.bit_rate * channels
        stream.codec_context.flags |= 1 << 23  # AV_CODEC_FLAG_BITEXACT
        return stream

    def write(self, sound: Sound) -> None:
        """Append samples x channels."""
        if self._sound is None or not len(sound):
            return
        frame = av.AudioFrame.from_ndarray(*_packed(sound, self._shape.sample_format), layout=self._layout)
        frame.sample_rate = self._sample_rate
        frame.time_base = Fraction(1, self._sample_rate)
        frame.pts = self._samples
        self._samples += len(sound)
        self._container.mux(self._sound.encode(frame))

    def write_frame(self, picture: Frame, seconds: Fraction) -> None:
        """Append a picture (height x width x 3) shown from ``seconds`` of clip time on."""
        if self._picture is None:
            return
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.time_base = self._picture.codec_context.time_base
        frame.pts = round(seconds / frame.time_base)
        self._container.mux(self._picture.encode(frame))

    def close(self) -> None:
        """Finish the file and give it its name."""
        for stream in (self._picture, self._sound):
            if stream is not None:
                self._container.mux(stream.encode(None))
        self._container.close()
        self._temporary.replace(self._path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._container.close()
        self._temporary.unlink(missing_ok=True)


def _packed(sound: Sound, sample_format: str) -> tuple[NDArray[Any], str]:
    """Return sound as PyAV wants it: channels x samples, or one interleaved row."""
    if sample_format == "fltp":
        return np.ascontiguousarray(sound.T), "fltp"
    if sample_format == "flt":
        return np.ascontiguousarray(sound.reshape(1, -1)), "flt"
    return np.rint(sound * 32767).astype(np.int16).reshape(1, -1), "s16"


def _metadata(labels: Labels, picture: bool) -> dict[str, str]:
    found = {"title": labels.clip, "reel_name": labels.reel}
    if labels.created:
        found["creation_time"] = labels.created.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if labels.timecode and picture:
        found["timecode"] = str(labels.timecode)
    if labels.model:
        found["com.apple.quicktime.model"] = labels.model
    return {key: value for key, value in found.items() if value}


def picture_codec() -> str:
    """Return the encoder for pictures: H.264 where PyAV brings it, MPEG-4 otherwise."""
    return "libx264" if "libx264" in av.codec.codecs_available else "mpeg4"


def _picture_stream(container: Any, picture: PictureFormat, labels: Labels) -> Any:  # noqa: ANN401
    codec = picture_codec()
    options = {"preset": "ultrafast", "crf": "24", "threads": "1"} if codec == "libx264" else {"qscale": "4"}
    stream = container.add_stream(codec, rate=picture.rate.fps, options=options)
    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
    stream.codec_context.time_base = Fraction(1, picture.ticks)
    if labels.reel:
        stream.metadata["reel_name"] = labels.reel
    return stream
