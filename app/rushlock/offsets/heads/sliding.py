"""One recording's picture slid along the whole of another's sound, where nothing says where to look.

A few windows of picture, spread over the clip, are judged against windows of sound all along the other
recording, ``STRIDE_S`` apart: each answer reaches two seconds to either side, so that every offset is judged
by several. Evidence is added up over the windows of picture as in ``offsets.voting``; its best few peaks
are candidates for a closer look. Work grows with the length of the sound alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.nets.protocol import Floats, SegmentLayout, WindowNet
from rushlock.offsets.heads.answers import Bools, Doubles, Ints
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
    delays: tuple[float, float],
    token: CancelToken,
) -> Stage[list[Found]]:
    """Return where a picture may belong to a sound, strongest first.

    Args:
        net: The network.
        seen: The recording whose pictures are compared.
        heard: The one whose sound is.
        delays: The least and the greatest delay (see ``Found``) that is looked at, seconds.
        token: Checked at every batch.
    """
    layout = net.layout
    pictures = yield from _shown(layout, seen, token)
    table = _Table(layout, [place for place, _ in pictures], delays)
    starts = _starts(layout, heard, table)
    if not pictures or not starts:
        return []
    block, minutes = max(AT_ONCE // len(pictures), 1), layout.hop * _stride(layout) / 60
    for done in range(0, len(starts), block):
        token.check()
        yield Progress(STAGE, done * minutes, len(starts) * minutes, unit="min of sound")
        some = starts[done : done + block]
        windows, enough = yield from _sounding(layout, heard, some)
        for number, (_, shown) in enumerate(pictures):
            asked = enough & table.wants(number, np.array(some))
            if asked.any():
                chances, _ = judged(net, np.repeat(shown, asked.sum(), axis=0), windows[asked])
                table.add(number, np.array(some)[asked], chances)
    return table.peaks()


def _shown(layout: SegmentLayout, seen: Recording, token: CancelToken) -> Stage[list[tuple[int, Floats]]]:
    """Return windows of picture, (1, window, tokens, dims), by their first segment."""
    pictures = []
    for place in _places(layout, seen):
        token.check()
        segments = yield from seen.embed("pictures", place, layout.window)
        shown, enough = segments.windows([place], layout.window)
        if enough.all():
            pictures.append((place, shown))
    return pictures


def _sounding(layout: SegmentLayout, heard: Recording, starts: Sequence[int]) -> Stage[tuple[Floats, Bools]]:
    """Return windows of sound (n, window, tokens, dims) by their first segments, and which hold enough.

    Segments that windows share are embedded once; none is that lies between windows.
    """
    apart = _stride(layout) >= layout.window
    runs = [[start] for start in starts] if apart else [starts]
    found = []
    for run in runs:
        sound = yield from heard.embed("sound", run[0], run[-1] - run[0] + layout.window)
        found.append(sound.windows(run, layout.window))
    windows, enough = zip(*found, strict=True)
    return np.concatenate(windows), np.concatenate(enough)


def _stride(layout: SegmentLayout) -> int:
    return max(round(STRIDE_S / layout.hop), 1)


def _places(layout: SegmentLayout, seen: Recording) -> list[int]:
    """Return first segments of windows of picture, spread evenly, no nearer than half a window."""
    windows = seen.windows(layout)
    if not windows:
        return []
    count = min(MOST_PICTURES, 1 + 2 * (windows - 1) // layout.window)
    return [round((windows - 1) * (k + 0.5) / count) for k in range(count)]


def _starts(layout: SegmentLayout, heard: Recording, table: "_Table") -> list[int]:
    """Return first segments of the windows of sound that some window of picture is to be judged against."""
    every = np.arange(0, heard.windows(layout), _stride(layout))
    wanted = [table.wants(number, every) for number in range(table.pictures)]
    return [int(start) for start in every[np.any(wanted, axis=0)]] if wanted else []


class _Table:
    """Evidence by delay, for each window of picture apart: sum of log-likelihood ratios, and how many."""

    def __init__(self, layout: SegmentLayout, places: Sequence[int], delays: tuple[float, float]) -> None:
        self._layout, self._places = layout, places
        self._classes = np.array(layout.classes, np.float64) + layout.bias
        self._delays = delays
        reach = STRIDE_S - self._classes[0]
        self._lowest = delays[0] - reach
        cells = int((delays[1] + STRIDE_S + self._classes[-1] - self._lowest) / CELL_S) + 2
        self._told = np.zeros((len(places), cells))
        self._count = np.zeros((len(places), cells))

    @property
    def pictures(self) -> int:
        """How many windows of picture there are."""
        return len(self._places)

    def wants(self, number: int, starts: Ints) -> Bools:
        """Return which windows of sound a window of picture is to be judged against."""
        base = (self._places[number] - starts) * self._layout.hop
        out: Bools = (base >= self._delays[0] - STRIDE_S) & (base <= self._delays[1] + STRIDE_S)
        return out

    def add(self, number: int, starts: Ints, chances: Doubles) -> None:
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
        delays = self._lowest + np.arange(evidence.size) * CELL_S
        evidence[(delays < self._delays[0]) | (delays > self._delays[1])] = -np.inf
        apart = round(APART_S / CELL_S)
        found = []
        for _ in range(most):
            top = int(np.argmax(evidence))
            if evidence[top] <= 0:
                break
            found.append(Found(float(delays[top]), float(evidence[top])))
            evidence[max(top - apart, 0) : top + apart + 1] = -np.inf
        return found
