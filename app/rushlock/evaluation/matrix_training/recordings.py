"""Real scenes: folders of clips whose cameras are known to be in step, as a manifest of pairs tells.

What may be trained on is chosen by set, never by pair: a set is one scene, one light, one rig.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.matrix_training.descriptors import scene_of
from rushlock.evaluation.matrix_training.material import Recorded
from rushlock.evaluation.public import Pair, read_pairs
from rushlock.features.motion import HOP_S, RATE, MotionTrack, watch
from rushlock.media.probe import probe

STAGE = "Watching recordings"


@dataclass(frozen=True, slots=True)
class WatchedSet:
    """Cameras in step: their tracks, and the first one's frames a second."""

    tracks: tuple[MotionTrack, ...]
    rate: float


def watched_sets(folder: Path, chosen: Collection[str], token: CancelToken) -> Stage[dict[str, WatchedSet]]:
    """Return all cameras of some sets that start together.

    Raises:
        MediaError: A clip cannot be read.
        UsageError: There is no manifest, or it cannot be read.
    """
    found: dict[str, WatchedSet] = {}
    for name, paths in _cameras(folder, chosen):
        tracks: list[MotionTrack] = []
        rates: list[float] = []
        for path in paths:
            yield Progress(STAGE, len(tracks), len(paths), path.name)
            clip = yield from one_clip(path, probe, token)
            tracks.append(watch(clip, token))
            rates.append(float(clip.rate.fps) if clip.rate is not None else RATE)
        found[name] = WatchedSet(tuple(tracks), rates[0])
    return found


def recorded_scenes(folder: Path, chosen: Collection[str], token: CancelToken) -> Stage[Recorded]:
    """Return a provider of some sets of a folder, see ``watched_sets``."""
    found = yield from watched_sets(folder, chosen, token)
    return Recorded(", ".join(found), [scene_of(each.tracks) for each in found.values()])


def _cameras(folder: Path, chosen: Collection[str]) -> Iterator[tuple[str, list[Path]]]:
    for name, pairs in groupby(read_pairs(folder), lambda pair: pair.item):
        if name in chosen:
            yield name, _paths(list(pairs))


def _paths(pairs: list[Pair]) -> list[Path]:
    """Return the first camera of a set, and all that start with it within half a moment."""
    together = [p.b for p in pairs if p.a == pairs[0].a and abs(p.expected[0].lag) < HOP_S / 2]
    return [pairs[0].a, *together]
