"""One window, the mean over windows (APA) and the memory side by side, on what was never trained on.

Sequences are followed as in use: a hop of two seconds, eighteen windows. Offsets lie on the classes, drawn
evenly, so that a constant answer gets one in all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.av.ways import MEAN, SINGLE, STREAMING, said
from rushlock.evaluation.offset_metrics import figures_of
from rushlock.evaluation.stream_training.sequences import REACH, Pattern, stretch_seconds
from rushlock.evaluation.stream_training.sources import Source, Stretch
from rushlock.nets.protocol import Floats, StreamNet, WindowNet
from rushlock.offsets.heads.answers import Doubles

STAGE = "Scoring"
HOP, WINDOWS = 2.0, 18
WAYS = (SINGLE, MEAN, STREAMING)
_EACH = 4
_FLOOR = 1e-12


@dataclass(frozen=True)
class Answered:
    """What was said of sequences.

    Attributes:
        chances: (sequences, windows, classes) by way.
        true: Numbers of the true classes, (sequences,).
    """

    chances: dict[str, Doubles]
    true: np.ndarray


def score(
    net: StreamNet, source: Source, stretches: int, token: CancelToken, windows: int = WINDOWS
) -> Stage[dict[str, Any]]:
    """Return the figures of a network on held-out stretches, as they are written beside the weights.

    Args:
        net: As the product opens it.
        source: Of stretches.
        stretches: How many.
        token: Checked at every one.
        windows: Of a sequence.
    """
    pattern = Pattern.of(net.layout, HOP, windows)
    seconds, found = stretch_seconds(pattern), []
    for number in range(stretches):
        token.check()
        yield Progress(STAGE, number, stretches, unit="stretches")
        stretch = source.held_out(number, seconds, net.layout)
        for pictures, sound, place in sequences(net, pattern, stretch, number):
            found.append((said(net, pictures, sound), place))
    ways = {way: np.stack([chances[way] for chances, _ in found]) for way in WAYS}
    true = np.array([place for _, place in found])
    return {"stretches": stretches, **figures(Answered(ways, true), net.layout.classes)}


def figures(answered: Answered, classes: Sequence[float]) -> dict[str, Any]:
    """Return accuracy, accuracy within one class and mean absolute error of each way after each window.

    ``single`` stands for the window of that number alone.
    """
    values, true = np.array(classes), answered.true
    table: dict[str, Any] = {}
    for way, chances in answered.chances.items():
        best = chances.argmax(-1)
        away = np.abs(best - true[:, None])
        table[way] = {
            "acc": (away == 0).mean(0).round(4).tolist(),
            "acc_within_one": (away <= 1).mean(0).round(4).tolist(),
            "mae_s": np.abs(values[best] - values[true][:, None]).mean(0).round(4).tolist(),
        }
    last = {
        way: _metrics(chances[:, -1], true) for way, chances in answered.chances.items() if way != WAYS[0]
    }
    alone = answered.chances[WAYS[0]]
    repeated = np.repeat(true, alone.shape[1])
    last[WAYS[0]] = _metrics(alone.reshape(len(repeated), -1), repeated)
    return {
        "sequences": len(true),
        "windows": int(alone.shape[1]),
        "hop_s": HOP,
        "after each window": table,
        "after the last": last,
    }


def _metrics(chances: Doubles, true: np.ndarray) -> dict[str, Any]:
    found = figures_of(np.log(chances + _FLOOR), true).as_dict()
    return {name: found[name] for name in ("items", "accuracy", "near", "precision", "roc_auc", "constant")}


def sequences(
    net: WindowNet, pattern: Pattern, stretch: Stretch, seed: int
) -> Iterator[tuple[Floats, Floats, int]]:
    """Yield windows of picture and of sound that lie one of the classes apart, and that class's number.

    Each film's pictures come with the sound of any, at a few offsets.
    """
    layout, films, random = net.layout, stretch.films, np.random.default_rng((seed, 10))
    start = round(REACH * layout.frame_rate + 1) / layout.frame_rate
    for film in films:
        pictures = net.embed_pictures(pattern.pictures(film, start))[pattern.rows]
        for number in random.choice(len(layout.classes), max(_EACH // len(films), 1), replace=False):
            heard = films[int(random.integers(len(films)))]
            sound = pattern.sound(heard, start + layout.classes[int(number)])
            yield pictures, net.embed_sound(sound)[pattern.rows], int(number)
