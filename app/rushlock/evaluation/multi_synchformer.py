"""Multi-Synchformer's protocol: pairs of cameras, injected lags, absolute offsets.

Two cameras film the same scene. The node's window is taken ``lag`` seconds later than the master's, for lags
of 0.1, 0.5, 1 and 2 s. Synchformer's head, made for one recording's sound and picture, is asked across both:

- *Cross MV-NA*: the master's video with the node's audio;
- *Cross NV-MA*: the node's video with the master's audio;
- *Same MV-MA*: the master's video with its own audio, equally late: the control, the best the head can do.

Predictions are absolute offsets, for the two crossings have opposite signs. Two votes join the crossings:

- *ConfSelect*: the prediction of the more confident one;
- *SoftVoting*: the mean of both, weighted by their confidence.

From the paper (by way of the issue that asked for this; its text was not at hand): the pairings and their
names, the two votes, absolute offsets, the four lags, 21 classes from -2 to 2 s. Our reading where it was
silent: a prediction is the most probable class and its confidence that class's softmax probability; nothing
is debiased; a prediction is right when it is nearer to the lag than to the next class (half a step, 0.1 s, so
that both neighbours of the lag 0.1 s count), right within one class at one step more; MAE is the mean of
``|prediction - lag|``. *Votes*, the product's signed and debiased form over all windows of a pair
(``offsets.voting``), stands beside them for comparison.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.filmed import MEASURED, Filmed, filmed_pair
from rushlock.nets.protocol import SegmentLayout, WindowNet
from rushlock.offsets.heads.answers import Answers, chances_of
from rushlock.offsets.voting import vote

LAGS_S = (0.1, 0.5, 1.0, 2.0)
SAME, CROSS_MV_NA, CROSS_NV_MA = "Same MV-MA", "Cross MV-NA", "Cross NV-MA"
CONF_SELECT, SOFT_VOTING, VOTES = "ConfSelect", "SoftVoting", "Votes"
METHODS = (SAME, CROSS_MV_NA, CROSS_NV_MA, CONF_SELECT, SOFT_VOTING, VOTES)

STAGE = "Measuring lags"
_EPSILON = 1e-6
_ROOM_S = 3.0

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LagFigures:
    """How well one method does at one lag.

    Attributes:
        method: Its name.
        lag: Injected, seconds.
        right: Share of predictions in the right class.
        within_one: Share of predictions in it or next to it.
        mae: Mean absolute error, seconds.
        cases: Predictions: windows, for ``VOTES`` pairs.
    """

    method: str
    lag: float
    right: float
    within_one: float
    mae: float
    cases: int


def predicted(chances: Doubles, classes: Doubles) -> tuple[Doubles, Doubles]:
    """Return (absolute offsets, confidences) of windows' probabilities, (n, classes)."""
    best = chances.argmax(axis=1)
    return np.abs(classes[best]), chances.max(axis=1)


def conf_select(one: tuple[Doubles, Doubles], other: tuple[Doubles, Doubles]) -> Doubles:
    """Return the absolute offset of the more confident crossing, (n,)."""
    out: Doubles = np.where(one[1] >= other[1], one[0], other[0])
    return out


def soft_voting(one: tuple[Doubles, Doubles], other: tuple[Doubles, Doubles]) -> Doubles:
    """Return the mean absolute offset of both crossings, weighted by confidence, (n,)."""
    out: Doubles = (one[0] * one[1] + other[0] * other[1]) / (one[1] + other[1])
    return out


def measure(
    net: WindowNet,
    pairs: Callable[[SegmentLayout], Iterator[tuple[Filmed, Filmed]]],
    token: CancelToken,
    lags: Sequence[float] = LAGS_S,
    total: int = 0,
) -> Stage[list[LagFigures]]:
    """Return every method's figures at every lag.

    Args:
        net: Its head is asked.
        pairs: Yields pairs of recordings that began at the same moment.
        token: Checked at every pair and lag.
        lags: Seconds.
        total: How many pairs there will be, for the progress; 0 where that is not known.
    """
    found: dict[tuple[str, float], list[Doubles]] = {}
    for done, (master, node) in enumerate(pairs(net.layout)):
        yield Progress(STAGE, done, total, net.name, "pairs")
        for lag in lags:
            token.check()
            for method, values in _predictions(net, master, node, lag, max(lags)).items():
                found.setdefault((method, lag), []).append(values)
    step = net.layout.classes[1] - net.layout.classes[0]
    order = [(method, lag) for method in METHODS for lag in lags if (method, lag) in found]
    return [_figures(*key, np.concatenate(found[key]), step) for key in order]


def generated_pairs(count: int) -> Callable[[SegmentLayout], Iterator[tuple[Filmed, Filmed]]]:
    """Return a source of generated pairs, each of two windows' room beyond the longest lag."""

    def pairs(layout: SegmentLayout) -> Iterator[tuple[Filmed, Filmed]]:
        seconds = layout.window_seconds + max(LAGS_S) + _ROOM_S
        for number in range(MEASURED, MEASURED + count):
            yield filmed_pair(number, seconds, layout)

    return pairs


def figures_table(figures: Sequence[LagFigures]) -> list[tuple[str, str]]:
    """Return rows of (method and lag, figures) for people."""
    return [
        (
            f"{f.method} at {f.lag:g} s",
            f"right {f.right:.1%}, within one class {f.within_one:.1%}, MAE {f.mae:.3f} s ({f.cases} cases)",
        )
        for f in figures
    ]


def figures_record(figures: Sequence[LagFigures]) -> Mapping[str, Any]:
    """Return the figures as plain values: method, then lag."""
    return {
        method: {
            f"{f.lag:g}": {"right": f.right, "within_one": f.within_one, "mae": f.mae, "cases": f.cases}
            for f in figures
            if f.method == method
        }
        for method in METHODS
        if any(f.method == method for f in figures)
    }


def _predictions(
    net: WindowNet, master: Filmed, node: Filmed, lag: float, longest: float
) -> dict[str, Doubles]:
    """Return each method's predictions for a pair's windows at one lag; at every lag the same windows."""
    layout = net.layout
    room = min(master.seconds, node.seconds) - longest - layout.window_seconds
    starts = np.arange(0.0, max(room, 0.0) + _EPSILON, layout.window_seconds / 2)
    seen, heard = _embedded(net, master, starts, 0.0)
    node_seen, node_heard = _embedded(net, node, starts, lag)
    _, own_late = _embedded(net, master, starts, lag)
    classes = np.array(layout.classes, np.float64)
    forward = chances_of(net.offset_logits(seen, node_heard))
    backward = chances_of(net.offset_logits(node_seen, heard))
    same = chances_of(net.offset_logits(seen, own_late))
    one, other = predicted(forward, classes), predicted(backward, classes)
    out = {
        SAME: predicted(same, classes)[0],
        CROSS_MV_NA: one[0],
        CROSS_NV_MA: other[0],
        CONF_SELECT: conf_select(one, other),
        SOFT_VOTING: soft_voting(one, other),
    }
    voted = vote(_as_answers(layout, forward, backward), reach=max(layout.classes))
    return out if voted is None else out | {VOTES: np.array([abs(voted.offset)])}


def _embedded(net: WindowNet, filmed: Filmed, starts: Doubles, lag: float) -> tuple[Any, Any]:
    """Return windows of picture and of sound, embedded, that begin ``lag`` after some starts."""
    window = net.layout.window
    pictures = [net.embed_pictures(filmed.picture_segments(s + lag, window)) for s in starts]
    sound = [net.embed_sound(filmed.sound_segments(s + lag, window)) for s in starts]
    return np.stack(pictures), np.stack(sound)


def _as_answers(layout: SegmentLayout, forward: Doubles, backward: Doubles) -> Answers:
    """Return crossings as answers about the node's delay against what the windows' times say."""
    count = len(forward)
    return Answers(
        classes=np.array(layout.classes, np.float64),
        bias=layout.bias,
        place=np.tile(np.arange(count), 2),
        forward=np.repeat([True, False], count),
        centre=np.zeros(2 * count),
        chances=np.concatenate([forward, backward]),
        belonging=np.full(2 * count, np.nan),
    )


def _figures(method: str, lag: float, values: Doubles, step: float) -> LagFigures:
    error = np.abs(values - lag)
    return LagFigures(
        method=method,
        lag=lag,
        right=float(np.mean(error <= step / 2 + _EPSILON)),
        within_one=float(np.mean(error <= 1.5 * step + _EPSILON)),
        mae=float(error.mean()),
        cases=int(error.size),
    )
