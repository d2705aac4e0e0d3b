"""Embedding clips of any length, in stretches that the network knows; two ways.

``chained``: equal stretches one after another, each with positions of its own, as CARL's authors evaluate
long clips. For published figures.

``roaming``: stretches that overlap. Every frame takes part in several, at a different relative place in each,
and is the mean of what it was in them. What the position adds is then the same for every frame and tells two
clips nothing. Where a clip begins and ends frames cannot have been at every place; they are left out rather
than padded, so that no trace of the ends is left. A noise of a clip's length must give no peak.

The frames' own vectors (``FrameNet.look``) are the dear part. They are given; nothing is computed twice.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.protocol import Floats

STEP = 4
"""Frames from one stretch to the next. Below the period of the fastest sine of the position table (2 pi), so
that the mean over a frame's places leaves none of its sines standing."""

CHAINED_MOST = 1000


@dataclass(frozen=True, slots=True)
class Embedded:
    """Consecutive frames, embedded.

    Attributes:
        first: Number of the first one among those given.
        values: float32 (n, dims), of length one each.
    """

    first: int
    values: Floats


def chained(net: FrameNet, looks: Floats, token: CancelToken, most: int = CHAINED_MOST) -> Floats:
    """Return (n, dims): the clip as few equal stretches of at most ``most`` frames, whatever its length."""
    parts = np.array_split(looks, max(-(-len(looks) // most), 1))
    found = []
    for part in parts:
        token.check()
        found.append(net.embed(part))
    return np.concatenate(found)


def roaming(net: FrameNet, looks: Floats, token: CancelToken, stretch: int = 0) -> Embedded:
    """Return all frames that were at every place.

    Args:
        net: The network.
        looks: (n, width) of consecutive frames.
        token: Checked at every stretch.
        stretch: Frames of a stretch, rounded down to whole steps; 0: as many as the network was trained on.

    Returns:
        About n - 2 * stretch frames; none where the clip is shorter than that.
    """
    places = (stretch or net.layout.stretch) // STEP
    steps, lost = len(looks) // STEP, places - 1
    if steps <= 2 * lost:
        return Embedded(0, np.zeros((0, net.layout.dims), np.float32))
    total = np.zeros((steps * STEP, net.layout.dims))
    for begin in range(0, (steps - lost) * STEP, STEP):
        token.check()
        part = slice(begin, begin + places * STEP)
        total[part] += net.embed(looks[part])
    held = total[lost * STEP : (steps - lost) * STEP]
    length = np.linalg.norm(held, axis=1, keepdims=True)
    return Embedded(lost * STEP, np.asarray(held / np.maximum(length, 1e-12), np.float32))
