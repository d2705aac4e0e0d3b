"""Windows round a candidate offset, both ways: master video with node audio, node video with master audio.

Places are spread evenly over what the pair has in common. At each, the window of picture stays and the window
of sound is slid by a few whole segments: hop and class step have no common divisor above 0.04 s (0.32 and
0.2 s), so that the classes of neighbouring slides interleave and the step is refined without embedding
anything twice. In the middle of its reach every slide still sees the truth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.nets.protocol import Floats, SegmentLayout, WindowNet
from rushlock.offsets.heads.answers import Answers, chances_of, joined
from rushlock.offsets.heads.recording import Recording, Segments, directions

STAGE = "Comparing sound with picture"
SLIDES = (-2, -1, 0, 1, 2)
"""Segments by which the window of sound is slid."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A window of picture and the slid windows of sound it is asked against.

    Attributes:
        place: Number of the stretch.
        forward: Whether the master is seen.
        seen: First segment of picture.
        heard: First segments of sound.
        centre: For each of them, the offset less the candidate's that class 0 means, seconds.
    """

    place: int
    forward: bool
    seen: int
    heard: tuple[int, ...]
    centre: tuple[float, ...]


def ask(
    net: WindowNet,
    master: Recording,
    node: Recording,
    clock: Clock,
    most_places: int,
    token: CancelToken,
) -> Stage[Answers]:
    """Return what a network says about a candidate.

    Args:
        net: The network.
        master: The clip measured against.
        node: The other.
        clock: The node's clock on the master's, as the candidate has it; answers are relative to it.
        most_places: How many stretches of the pair are looked at.
        token: Checked at every window.
    """
    layout = net.layout
    parts: list[Answers] = []
    questions = list(_questions(layout, master, node, clock, most_places))
    for done, question in enumerate(questions):
        token.check()
        yield Progress(STAGE, done, len(questions), unit="windows")
        seen, heard = (master, node) if question.forward else (node, master)
        pictures = yield from seen.embed("pictures", question.seen, layout.window)
        first, last = question.heard[0], question.heard[-1]
        sound = yield from heard.embed("sound", first, last - first + layout.window)
        parts += _answered(net, question, pictures, sound)
    return joined(parts, layout)


def judged(net: WindowNet, pictures: Floats, sound: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Return (chances, belonging) of windows; belonging is NaN where the weights cannot say."""
    belonging = net.belonging_logits(pictures, sound)
    told = np.full(len(pictures), np.nan) if belonging is None else np.asarray(belonging, np.float64)
    return chances_of(net.offset_logits(pictures, sound)), told


def _answered(net: WindowNet, question: _Question, pictures: Segments, sound: Segments) -> list[Answers]:
    """Return the answers to a question, none where too little is there to judge."""
    window = net.layout.window
    seen, shows = pictures.windows([question.seen], window)
    heard, sounds = sound.windows(question.heard, window)
    count = int(sounds.sum()) if shows.all() else 0
    if not count:
        return []
    chances, belonging = judged(net, np.repeat(seen, count, axis=0), heard[sounds])
    return [
        Answers(
            classes=np.array(net.layout.classes, np.float64),
            bias=net.layout.bias,
            place=np.full(count, question.place, np.int64),
            forward=np.full(count, question.forward, np.bool_),
            centre=np.array(question.centre)[sounds],
            chances=chances,
            belonging=belonging,
        )
    ]


def _questions(
    layout: SegmentLayout, master: Recording, node: Recording, clock: Clock, most: int
) -> Iterator[_Question]:
    """Yield the windows to judge: places spread over the overlap, each in every direction there is."""
    ways = directions(master, node)
    for place, t_node in enumerate(_places(layout, master, node, clock, most)):
        t_master = clock.at(t_node)
        for forward in ways:
            seen, heard = (master, node) if forward else (node, master)
            t_seen, t_heard = (t_master, t_node) if forward else (t_node, t_master)
            index = min(max(round(t_seen / layout.hop), 0), seen.windows(layout) - 1)
            starts = _slides(round(t_heard / layout.hop), heard.windows(layout))
            if index < 0 or not starts:
                continue
            local = t_master - t_node
            lags = np.array([index - start for start in starts]) * layout.hop
            centre = lags - local if forward else -lags - local
            yield _Question(place, forward, index, starts, tuple(float(c) for c in centre))


def _places(
    layout: SegmentLayout, master: Recording, node: Recording, clock: Clock, most: int
) -> Sequence[float]:
    """Return node times at which windows begin, spread over the overlap, half a window apart at least."""
    first = max(0.0, -clock.start / clock.rate)
    last_node = (node.windows(layout) - 1) * layout.hop
    last_master = (master.windows(layout) - 1) * layout.hop
    last = min(last_node, (last_master - clock.start) / clock.rate)
    # A window may stick out a little where the overlap is short: its pair reaches no further.
    if last < first:
        return [max((first + last) / 2, 0.0)] if first - last < layout.window_seconds / 2 else []
    count = min(most, int((last - first) / (layout.window_seconds / 2)) + 1)
    return [first + (last - first) * (k + 0.5) / count for k in range(count)]


def _slides(heard: int, windows: int) -> tuple[int, ...]:
    """Return the first segments of the slid windows of sound that exist, the middle one at ``heard``."""
    return tuple(heard + s for s in SLIDES if 0 <= heard + s < windows)
