"""Synchformer with its weights, behind ``WindowNet``: numpy in, numpy out, batches between."""

from collections.abc import Callable

import numpy as np
from torch import Tensor

from rushlock.nets.batching import Batches, exactly
from rushlock.nets.opened import Facts, Opened, tensor_of
from rushlock.nets.protocol import Floats, Pictures
from rushlock.nets.synchformer.judging import Verdict
from rushlock.nets.synchformer.network import Synchformer
from rushlock.nets.synchformer.preprocessing import Spectrograms, normalised_pictures


class OpenedSynchformer(Opened):
    """See ``WindowNet``."""

    def __init__(self, facts: Facts, net: Synchformer, belonging: Synchformer | None, device: str) -> None:
        """Take networks that lie on the device.

        Args:
            facts: About ``net``.
            net: Extracts, and judges offsets if it has a head for that.
            belonging: Judges whether picture and sound belong together; may be ``net`` again.
            device: Where both lie.
        """
        super().__init__(facts, device)
        self._net = net
        self._belonging = belonging
        self._spectrograms = Spectrograms(net.config).to(device)
        self._pictures = Batches("segments of picture")
        self._sound = Batches("segments of sound")
        self._windows = Batches("windows")

    def embed_pictures(self, segments: Pictures) -> Floats:
        """Return (n, steps, dims) for (n, frames, picture, picture, 3) uint8, RGB."""
        config = self._net.config
        if not len(segments):
            return np.zeros((0, config.steps, config.dims), np.float32)
        return self._run(self._pictures, self._seen, tensor_of(segments, np.uint8))

    def embed_sound(self, segments: Floats) -> Floats:
        """Return (n, beats, dims) for (n, samples), mono, full scale 1."""
        config = self._net.config
        if not len(segments):
            return np.zeros((0, config.beats, config.dims), np.float32)
        return self._run(self._sound, self._heard, tensor_of(segments, np.float32))

    def offset_logits(self, pictures: Floats, sound: Floats) -> Floats:
        """Return (windows, classes); no classes where the weights have no head for offsets."""
        if not (len(pictures) and self.layout.classes):
            return np.zeros((len(pictures), len(self.layout.classes)), np.float32)
        return self._judged(self._net, _offsets, pictures, sound)

    def belonging_logits(self, pictures: Floats, sound: Floats) -> Floats | None:
        """Return (windows,) log-odds of "synchronizable"; None where no head can say."""
        if self._belonging is None:
            return None
        if not len(pictures):
            return np.zeros(0, np.float32)
        return self._judged(self._belonging, _log_odds, pictures, sound)

    def _seen(self, segments: Tensor) -> Tensor:
        return self._net.picture_tokens(normalised_pictures(segments.to(self._device)))

    def _heard(self, segments: Tensor) -> Tensor:
        with exactly(self._device):  # quiet bands would drown in 16 bits
            spectrograms = self._spectrograms(segments.to(self._device))
        return self._net.sound_tokens(spectrograms)

    def _judged(
        self, net: Synchformer, answer: Callable[[Verdict], Tensor], pictures: Floats, sound: Floats
    ) -> Floats:
        """Return a head's answers about windows, of which a net may want fewer segments than there are."""
        first = slice(None), slice(net.config.window)

        def call(seen: Tensor, heard: Tensor) -> Tensor:
            with exactly(self._device):
                return answer(net.judge(seen.to(self._device), heard.to(self._device)))

        return self._run(
            self._windows, call, tensor_of(pictures[first], np.float32), tensor_of(sound[first], np.float32)
        )


def _offsets(verdict: Verdict) -> Tensor:
    assert verdict.offsets is not None, "asked only where there is a head"
    return verdict.offsets


def _log_odds(verdict: Verdict) -> Tensor:
    assert verdict.belonging is not None, "asked only where there is a head"
    return verdict.belonging[:, 1] - verdict.belonging[:, 0]
