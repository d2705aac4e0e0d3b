"""Window networks on footage: one window, the mean over windows (APA), what a network has learnt of them.

Each trial is followed for as many windows as the clip holds, at most as many as asked for. *Single* is its
first window, as SparseSync is measured; the others are what stands after the last. Figures are those of
``evaluation.offset_metrics``; besides, classes are folded into three, each to the nearest of one second late,
in time, one second early (a half goes to "in time"), whose chances add up: the papers' coarse task, asked of
a head that knows finer classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.av.film import film_of, sound_of
from rushlock.evaluation.av.trials import Trial
from rushlock.evaluation.av.ways import SINGLE, said
from rushlock.evaluation.filmed import Filmed
from rushlock.evaluation.offset_metrics import OffsetFigures, figures_of
from rushlock.evaluation.stream_training.sequences import Pattern
from rushlock.media.clip import Unreadable
from rushlock.nets.protocol import SegmentLayout, WindowNet
from rushlock.offsets.heads.answers import Doubles

STAGE = "Asking"
COARSE = (-1.0, 0.0, 1.0)

_FLOOR = 1e-12
_MARGIN_S = 0.02


@dataclass(frozen=True)
class Answers:
    """What a network said of one trial.

    Attributes:
        offset: The truth, seconds.
        kind: Of what it is; may be empty.
        windows: How many were followed.
        chances: (classes,) by way.
    """

    offset: float
    kind: str
    windows: int
    chances: dict[str, Doubles]


@dataclass(frozen=True)
class Asked:
    """What a network said of all trials, and which of them could not be put to it, and why."""

    answers: tuple[Answers, ...]
    unusable: tuple[Unreadable, ...]


def ask(
    net: WindowNet, trials: Sequence[Trial], hop: float, windows: int, token: CancelToken
) -> Stage[Asked]:
    """Return what a network says of trials.

    Args:
        net: The network.
        trials: Questions.
        hop: Seconds from one window to the next, rounded to the network's grid.
        windows: To be followed at most.
        token: Checked at every trial.
    """
    found, unusable = [], []
    for number, trial in enumerate(trials):
        token.check()
        yield Progress(STAGE, number, len(trials), trial.clip.name, "trials")
        try:
            found.append(_asked(net, trial, hop, windows, token))
        except MediaError as error:
            unusable.append(Unreadable(trial.clip.path, str(error)))
    return Asked(tuple(found), tuple(unusable))


def figures(asked: Asked, classes: Sequence[float]) -> dict[str, Any]:
    """Return all metrics of each way, and those of each kind of clip, by name."""
    return {
        way: _of_way(way, asked.answers, np.array(classes))
        for way in (asked.answers[0].chances if asked.answers else ())
    }


def folded(chances: Doubles, classes: Doubles) -> Doubles:
    """Return (n, 3) chances of late, in time and early for (n, classes)."""
    place = coarse_of(classes)
    out: Doubles = np.stack([chances[:, place == n].sum(axis=1) for n in range(len(COARSE))], axis=1)
    return out


def coarse_of(offsets: Doubles) -> npt.NDArray[np.int64]:
    """Return which of ``COARSE`` each offset is nearest to, of two the one in time."""
    away = np.abs(offsets[:, None] - np.array(COARSE)).round(6)
    away[:, 1] -= 1e-9
    out: npt.NDArray[np.int64] = away.argmin(axis=1)
    return out


def _asked(net: WindowNet, trial: Trial, hop: float, windows: int, token: CancelToken) -> Answers:
    layout = net.layout
    begin = min(trial.start, trial.start + trial.offset)
    if begin < -_MARGIN_S:
        raise MediaError(trial.clip.path, f"its sound would have to begin {-begin:.2f} s before the clip")
    count = _fitting(layout, trial, hop, windows)
    pattern = Pattern.of(layout, hop, count)
    pictures = _film(trial, trial.start, pattern, token)
    sound = _film(trial, trial.start + trial.offset, pattern, token, pictures=False)
    seen = net.embed_pictures(pattern.pictures(pictures, 0.0))[pattern.rows]
    heard = net.embed_sound(pattern.sound(sound, 0.0))[pattern.rows]
    last = {way: found[0 if way == SINGLE else -1] for way, found in said(net, seen, heard).items()}
    return Answers(trial.offset, trial.kind, count, last)


def _fitting(layout: SegmentLayout, trial: Trial, hop: float, most: int) -> int:
    """Return how many windows the clip holds from a trial's start on."""
    end = float(trial.clip.duration) - max(trial.start, trial.start + trial.offset) - layout.window_seconds
    if end < -1 / layout.frame_rate - _MARGIN_S:
        raise MediaError(trial.clip.path, "it ends before the window does")
    step = max(round(hop / layout.hop), 1) * layout.hop
    return min(int(max(end, 0.0) / step + 1e-6) + 1, most)


def _film(
    trial: Trial, start: float, pattern: Pattern, token: CancelToken, *, pictures: bool = True
) -> Filmed:
    """Return what is seen, or heard, from a time on."""
    layout = pattern.layout
    if not pictures:
        return sound_of(trial.clip, max(start, 0.0), pattern.seconds, layout)
    film = film_of(trial.clip, max(start, 0.0), pattern.seconds, layout, token)
    if film is None:
        raise MediaError(trial.clip.path, f"pictures are missing around {start:.1f} s")
    return film


def _of_way(way: str, answers: Sequence[Answers], classes: Doubles) -> dict[str, Any]:
    chances = np.stack([each.chances[way] for each in answers])
    offsets = np.array([each.offset for each in answers])
    truth = np.abs(classes - offsets[:, None]).argmin(axis=1)
    away = np.abs(chances.argmax(axis=1) - truth)
    kinds = np.array([each.kind for each in answers])
    return {
        **_figures(chances, truth).as_dict(),
        "mae_s": float(np.abs(classes[chances.argmax(axis=1)] - offsets).mean()),
        "coarse": _figures(folded(chances, classes), coarse_of(offsets)).as_dict(),
        "kinds": {
            str(kind): {
                "items": int((kinds == kind).sum()),
                "accuracy": float((away[kinds == kind] == 0).mean()),
                "near": float((away[kinds == kind] <= 1).mean()),
            }
            for kind in np.unique(kinds)
            if kind
        },
    }


def _figures(chances: Doubles, truth: npt.NDArray[np.int64]) -> OffsetFigures:
    return figures_of(np.log(chances + _FLOOR), truth)
