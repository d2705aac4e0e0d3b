"""How good a network is on generated scenes that it was never trained on.

Every window of picture is judged with every window of sound of its scene: of the same camera, and of the
other one. Offsets are spread evenly over what the head knows, so that chance is one class in all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.events.scene import kinds
from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.window_training.material import CAMERAS, HELD_OUT, KNOWN, UNKNOWN, kind_of, windows
from rushlock.nets.protocol import Floats, WindowNet


@dataclass(frozen=True)
class Judged:
    """One scene's pairs of windows as a network judged them.

    Attributes:
        scene: Its number.
        offsets: True offsets of the pairs that belong together, (n,).
        cross: Whether picture and sound are of different cameras, (n,).
        chances: Probabilities of the classes, (n, classes).
        belongs: Whether a pair belongs together, (m,): those, then strangers.
        belonging: Probability that it does, (m,); None where the network cannot say.
    """

    scene: int
    offsets: Doubles
    cross: Doubles
    chances: Doubles
    belongs: Doubles
    belonging: Doubles | None


def score_scenes(
    net: WindowNet, count: int, token: CancelToken, first: int = HELD_OUT
) -> Stage[dict[str, Any]]:
    """Return the figures of a network on held-out scenes, as they are written beside the weights."""
    judged = []
    for number in range(count):
        token.check()
        judged.append(judge_scene(net, first + number))
        yield Progress("Scoring", number + 1, count, unit="scenes")
    return figures(judged, net.layout.classes)


def judge_scene(net: WindowNet, number: int) -> Judged:
    """Return what a network says of a scene's pairs of windows."""
    batch = windows(number, net.layout)
    pictures = np.stack([net.embed_pictures(window) for window in batch.pictures])
    sound = np.stack([net.embed_sound(window) for window in batch.sound])
    strangers = np.stack([net.embed_sound(window) for window in batch.strangers])
    offsets = batch.sound_starts[None, :] - batch.picture_starts[:, None]
    p, s = np.nonzero(np.abs(offsets) <= KNOWN)
    chances = _softmax(net.offset_logits(pictures[p], sound[s]))
    far_p, far_s = np.nonzero(np.abs(offsets) > UNKNOWN)
    other_p, other_s = np.divmod(np.arange(len(pictures) * len(strangers)), len(strangers))
    sights = np.concatenate([pictures[p], pictures[far_p], pictures[other_p]])
    logits = net.belonging_logits(sights, np.concatenate([sound[s], sound[far_s], strangers[other_s]]))
    return Judged(
        scene=number,
        offsets=offsets[p, s],
        cross=(p % CAMERAS != s % CAMERAS).astype(np.float64),
        chances=chances,
        belongs=(np.arange(len(sights)) < len(p)).astype(np.float64),
        belonging=None if logits is None else 1 / (1 + np.exp(-logits.astype(np.float64))),
    )


def figures(judged: Sequence[Judged], classes: Sequence[float]) -> dict[str, Any]:
    """Return accuracy, error and reliability over all scenes, by crossing and by kind of actor."""
    names = kinds()
    by_kind = {
        name: accuracy([j for j in judged if kind_of(j.scene) == kind], classes)
        for kind, name in enumerate(names)
    }
    return {
        "scenes": len(judged),
        "chance": 1 / len(classes),
        "all": accuracy(judged, classes),
        "same camera": accuracy([_only(j, 0.0) for j in judged], classes),
        "across cameras": accuracy([_only(j, 1.0) for j in judged], classes),
        "by kind": by_kind,
        "confidence": _confidence(judged, np.array(classes)),
        "belonging": _belonging(judged),
    }


def accuracy(judged: Sequence[Judged], classes: Sequence[float]) -> dict[str, float]:
    """Return the share of right classes, right within one, and the mean absolute error in seconds.

    The error is that of the most probable class, and that of the mean over all classes' probabilities.
    """
    if not any(len(j.offsets) for j in judged):
        return {"windows": 0}
    values = np.array(classes)
    true = np.concatenate([j.offsets for j in judged])
    chances = np.concatenate([j.chances for j in judged])
    away = np.abs(chances.argmax(1) - _nearest(true, values))
    return {
        "windows": len(true),
        "acc": round(float(np.mean(away == 0)), 4),
        "acc_within_one": round(float(np.mean(away <= 1)), 4),
        "mae_s": round(float(np.mean(np.abs(values[chances.argmax(1)] - true))), 4),
        "mae_of_mean_s": round(float(np.mean(np.abs(chances @ values - true))), 4),
    }


def _only(judged: Judged, cross: float) -> Judged:
    kept = judged.cross == cross
    return Judged(
        judged.scene,
        judged.offsets[kept],
        judged.cross[kept],
        judged.chances[kept],
        judged.belongs,
        judged.belonging,
    )


def _confidence(judged: Sequence[Judged], classes: Doubles) -> Mapping[str, Any]:
    """Return how far the head's probability of being right within one class can be trusted."""
    true = np.concatenate([j.offsets for j in judged])
    chances = np.concatenate([j.chances for j in judged])
    best = chances.argmax(1)
    around = np.abs(np.arange(len(classes)) - best[:, None]) <= 1
    return _trust((chances * around).sum(1), np.abs(best - _nearest(true, classes)) <= 1)


def _belonging(judged: Sequence[Judged]) -> Mapping[str, Any] | None:
    given = [j.belonging for j in judged if j.belonging is not None]
    if not given:
        return None
    return _trust(np.concatenate(given), np.concatenate([j.belongs for j in judged]) > 0)


def _trust(given: Doubles, right: Any) -> Mapping[str, Any]:  # noqa: ANN401 - an array of truths
    points = reliability(given, right)
    gap = sum(p.count * abs(p.confidence - p.right) for p in points) / len(given)
    return {
        "cases": len(given),
        "right": round(float(np.mean((given >= 0.5) == right)), 4),
        "brier": brier(given, right),
        "auroc": auroc(given, right),
        "calibration_error": round(gap, 4),
        "reliability": [{"confidence": p.confidence, "right": p.right, "cases": p.count} for p in points],
    }


def _nearest(true: Doubles, classes: Doubles) -> Any:  # noqa: ANN401 - an array of indices
    return np.abs(classes - true[:, None]).argmin(1)


def _softmax(logits: Floats) -> Doubles:
    raised = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    chances: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return chances
