"""Windows of one unchanging offset, answered together: averaged, or as a network has learnt to.

*Averaged* (APA, accumulated probability averaging, StreamSync): the mean of the windows' chances, so that it
asks for no training and goes with every window network. *Learned*: a ``StreamNet`` reads what each window
left to be remembered. Both look back over ``history`` windows; an offset that changes is followed late.
"""

from typing import Protocol

import numpy as np

from rushlock.nets.protocol import Floats, StreamNet, WindowNet
from rushlock.offsets.heads.answers import Doubles, chances_of


class Accumulation(Protocol):
    """Takes in window after window."""

    def told(self, pictures: Floats, sound: Floats) -> Doubles:
        """Take in the windows that follow, oldest first.

        Args:
            pictures: (windows, window, tokens, dims) from ``embed_pictures``.
            sound: The same from ``embed_sound``.

        Returns:
            (windows, classes) chances of the offsets as they stand after each window.
        """


class Averaging:
    """See ``Accumulation``: the mean over the windows so far."""

    def __init__(self, net: WindowNet, history: int) -> None:
        """Begin anew with a network, to look back over at most ``history`` windows."""
        self._net, self._history = net, history
        self._before: Doubles = np.zeros((0, len(net.layout.classes)))

    def told(self, pictures: Floats, sound: Floats) -> Doubles:
        """See ``Accumulation``."""
        new = chances_of(self._net.offset_logits(pictures, sound))
        known = np.concatenate([self._before, new])
        self._before = known[-self._history :]
        return averaged(known, self._history)[len(known) - len(new) :]


class Learned:
    """See ``Accumulation``: what a network makes of the windows so far."""

    def __init__(self, net: StreamNet, history: int) -> None:
        """Begin anew with a network, to look back over at most ``history`` windows."""
        self._net, self._history = net, history
        self._before: Floats | None = None

    def told(self, pictures: Floats, sound: Floats) -> Doubles:
        """See ``Accumulation``."""
        new = self._net.stream_tokens(pictures, sound)
        known = new if self._before is None else np.concatenate([self._before, new])
        first = len(known) - len(new) + 1
        answers = [
            chances_of(self._net.stream_logits(known[None, max(end - self._history, 0) : end]))
            for end in range(first, len(known) + 1)
        ]
        self._before = known[-self._history :]
        return np.concatenate([np.zeros((0, len(self._net.layout.classes))), *answers])


def accumulation(net: WindowNet, history: int) -> Accumulation:
    """Return the best that a network can: as it has learnt, where it has, else the mean."""
    return Learned(net, history) if isinstance(net, StreamNet) else Averaging(net, history)


def averaged(chances: Doubles, history: int) -> Doubles:
    """Return (windows, classes): after each window the mean over it and up to ``history - 1`` before it."""
    sums = np.cumsum(np.concatenate([np.zeros((1, chances.shape[1])), chances]), axis=0)
    ends = np.arange(1, len(chances) + 1)
    begins = np.maximum(ends - history, 0)
    out: Doubles = (sums[ends] - sums[begins]) / (ends - begins)[:, None]
    return out
