"""Real scenes: folders of clips whose cameras are known to be in step, as a manifest of pairs tells.

What may be trained on is chosen by set, never by pair: a set is one scene, one light, one rig.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.matrix_training.descriptors import scene_of
from rushlock.evaluation.matrix_training.material import Recorded
from rushlock.evaluation.public import Pair, read_pairs
from rushlock.features.motion import HOP_S, MotionTrack, watch
from rushlock.media.probe import probe

STAGE = "Watching recordings"


def watched_sets(
    folder: Path, chosen: Collection[str], token: CancelToken
) -> Stage[dict[str, list[MotionTrack]]]:
    """Return the tracks of all cameras of some sets whose cameras start together.

    Raises:
        MediaError: A clip cannot be read.
        UsageError: There is no manifest, or it cannot be read.
    """
    found = {}
    for name, paths in _cameras(folder, chosen):
        tracks: list[MotionTrack] = []
        for path in paths:
            yield Progress(STAGE, len(tracks), len(paths), path.name)
            clip = yield from one_clip(path, probe, token)
            tracks.append(watch(clip, token))
        found[name] = tracks
    return found


def recorded_scenes(folder: Path, chosen: Collection[str], token: CancelToken) -> Stage[Recorded]:
    """Return a provider of some sets of a folder, see ``watched_sets``."""
    tracks = yield from watched_sets(folder, chosen, token)
    return Recorded(", ".join(tracks), [scene_of(each) for each in tracks.values()])


def _cameras(folder: Path, chosen: Collection[str]) -> Iterator[tuple[str, list[Path]]]:
    for name, pairs in groupby(read_pairs(folder), lambda pair: pair.item):
        if name in chosen:
            yield name, _paths(list(pairs))


def _paths(pairs: list[Pair]) -> list[Path]:
    """Return the first camera of a set, and all that start with it within half a moment."""
    together = [p.b for p in pairs if p.a == pairs[0].a and abs(p.expected[0].lag) < HOP_S / 2]
    return [pairs[0].a, *together]
