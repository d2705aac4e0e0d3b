"""One recording's picture slid along the whole of another's sound, where nothing says where to look.

A few windows of picture, spread over the clip, are judged against windows of sound all along the other
recording, ``STRIDE_S`` apart: each answer reaches two seconds to either side, so that every offset is judged
by several. Evidence is added up over the windows of picture as in ``offsets.voting``; its best few peaks
are candidates for a closer look. Work grows with the length of the sound alone.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.nets.protocol import Floats, SegmentLayout, WindowNet
from rushlock.offsets.heads.answers import Doubles
from rushlock.offsets.heads.cross import judged
from rushlock.offsets.heads.recording import Recording
from rushlock.offsets.voting import APART_S, SILENT_SHARE

STAGE = "Searching sound for pictures"
STRIDE_S = 1.6
"""From one window of sound to the next: well below the reach of two seconds to either side."""

MOST_PICTURES = 6
AT_ONCE = 48
CELL_S = 0.04


@dataclass(frozen=True, slots=True)
class Found:
    """A place at which a picture may belong to a sound.

    Attributes:
        delay: The sound's start minus the picture's start on the picture's clock, seconds.
        evidence: Nats, see ``offsets.voting``.
    """

    delay: float
    evidence: float


def slide(
    net: WindowNet,
    seen: Recording,
    heard: Recording,
    span: tuple[float, float],
    token: CancelToken,
) -> Stage[list[Found]]:
    """Return where a picture may belong to a sound, strongest first.

    Args:
        net: The network.
        seen: The recording whose pictures are compared.
        heard: The one whose sound is.
        span: Clip times of the sound between which it is searched, seconds.
        token: Checked at every batch.
    """
    layout = net.layout
    places = _places(layout, seen)
    starts = _starts(layout, heard, span)
    if not places or not starts:
        return []
    pictures = []
    for place in places:
        token.check()
        pictures.append((yield from seen.embed("pictures", place, layout.window)))
    table = _Table(layout, places, starts)
    block = max(AT_ONCE // len(places), 1)
    for done in range(0, len(starts), block):
        token.check()
        minutes = done * layout.hop * _stride(layout) / 60, len(starts) * layout.hop * _stride(layout) / 60
        yield Progress(STAGE, *minutes, unit="min of sound")
        some = starts[done : done + block]
        sound = yield from heard.embed("sound", some[0], some[-1] - some[0] + layout.window)
        windows = np.stack([sound[s - some[0] : s - some[0] + layout.window] for s in some])
        for number, picture in enumerate(pictures):
            table.add(number, some, _chances(net, picture, windows))
    return table.peaks()


def _chances(net: WindowNet, picture: Floats, windows: Floats) -> Doubles:
    chances, _ = judged(net, np.repeat(picture[None], len(windows), axis=0), windows)
    return chances


def _stride(layout: SegmentLayout) -> int:
    return max(round(STRIDE_S / layout.hop), 1)


def _places(layout: SegmentLayout, seen: Recording) -> list[int]:
    """Return first segments of windows of picture, spread evenly, no nearer than half a window."""
    windows = seen.windows(layout)
    if not windows:
        return []
    count = min(MOST_PICTURES, 1 + 2 * (windows - 1) // layout.window)
    return [round((windows - 1) * (k + 0.5) / count) for k in range(count)]


def _starts(layout: SegmentLayout, heard: Recording, span: tuple[float, float]) -> list[int]:
    """Return first segments of the windows of sound within a span."""
    first = max(int(span[0] / layout.hop), 0)
    last = min(int(span[1] / layout.hop), heard.windows(layout) - 1)
    return list(range(first, last + 1, _stride(layout)))


class _Table:
    """Evidence by delay, for each window of picture apart: sum of log-likelihood ratios, and how many."""

    def __init__(self, layout: SegmentLayout, places: list[int], starts: list[int]) -> None:
        self._layout, self._places = layout, places
        self._classes = np.array(layout.classes, np.float64) + layout.bias
        self._lowest = (min(places) - max(starts)) * layout.hop + self._classes[0]
        highest = (max(places) - min(starts)) * layout.hop + self._classes[-1]
        cells = int((highest - self._lowest) / CELL_S) + 2
        self._told = np.zeros((len(places), cells))
        self._count = np.zeros((len(places), cells))

    def add(self, number: int, starts: list[int], chances: Doubles) -> None:
        """Lay the answers of one window of picture against several of sound where they belong."""
        for start, row in zip(starts, chances, strict=True):
            base = (self._places[number] - start) * self._layout.hop
            first = int(np.ceil((base + self._classes[0] - self._lowest) / CELL_S - 1e-6))
            last = int((base + self._classes[-1] - self._lowest) / CELL_S + 1e-6)
            delays = self._lowest + np.arange(first, last + 1) * CELL_S - base
            ratio = np.interp(delays, self._classes, row) * self._classes.size
            self._told[number, first : last + 1] += np.log((1 - SILENT_SHARE) * ratio + SILENT_SHARE)
            self._count[number, first : last + 1] += 1

    def peaks(self, most: int = 5) -> list[Found]:
        """Return the highest peaks of the evidence, ``APART_S`` apart at least."""
        evidence = (self._told / np.maximum(self._count, 1)).sum(axis=0)
        apart = round(APART_S / CELL_S)
        found = []
        for _ in range(most):
            top = int(np.argmax(evidence))
            if evidence[top] <= 0:
                break
            found.append(Found(self._lowest + top * CELL_S, float(evidence[top])))
            evidence[max(top - apart, 0) : top + apart + 1] = -np.inf
        return found
