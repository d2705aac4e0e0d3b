"""Qt's audio sink, fed by hand; everything here runs in the loudspeaker's thread."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QIODevice
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices

if TYPE_CHECKING:
    from rushlock.media.sound import Floats

_CHANNELS = 2


class QtSink:
    """One run of sound on the default device."""

    def __init__(self, device: QAudioDevice, shape: QAudioFormat, buffer_s: float) -> None:
        self._sink = QAudioSink(device, shape)
        self._whole = shape.sampleFormat() == QAudioFormat.SampleFormat.Int16
        self._frame_bytes = shape.bytesPerFrame()
        self._sink.setBufferSize(round(buffer_s * shape.sampleRate()) * self._frame_bytes)
        self._device: QIODevice | None = self._sink.start()

    @classmethod
    def opened(cls, rate: int, buffer_s: float) -> "QtSink | None":
        """Return a sink on the default device; None where there is none or it refuses stereo at this rate."""
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return None
        for kind in (QAudioFormat.SampleFormat.Float, QAudioFormat.SampleFormat.Int16):
            shape = QAudioFormat()
            shape.setSampleRate(rate)
            shape.setChannelCount(_CHANNELS)
            shape.setSampleFormat(kind)
            if device.isFormatSupported(shape):
                sink = cls(device, shape, buffer_s)
                return sink if sink.works else None
        return None

    @property
    def works(self) -> bool:
        """Whether the device took it."""
        return self._device is not None and self._sink.error().name == "NoError"

    def free(self) -> int:
        """Return how many stereo samples can be written now."""
        return self._sink.bytesFree() // self._frame_bytes

    def write(self, samples: "Floats") -> None:
        """Play float32 (n, 2)."""
        if self._device is None:
            return
        clipped = samples.clip(-1.0, 1.0)
        kept = np.rint(clipped * 32767).astype("<i2") if self._whole else clipped.astype("<f4")
        self._device.write(kept.tobytes())

    def heard_s(self) -> float:
        """Return how many seconds the device has taken and played since it was opened."""
        return float(self._sink.processedUSecs()) / 1e6

    def close(self) -> None:
        """Be silent at once."""
        self._sink.reset()
        self._sink.stop()
        self._device = None
