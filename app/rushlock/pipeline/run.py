"""The main job: rushes in, sync map out.

``sync`` strings the stages together: catalogue (scan, probe, chapters, cameras), listening, comparing,
placing; where that leaves doubt comparing pictures, and, if a network is installed, picture with sound, and
placing anew; at last, whether each clip's own sound is in step with its picture.
It is one generator, as every stage is, so that the command line and the window run the very same code.
Worker processes are started only when something is to be decoded, and ended when the run ends, however it
ends.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.store import Cache, open_default
from rushlock.features.heard import HeardTrack
from rushlock.features.hearing import hear_all
from rushlock.media.catalogue import Catalogue, catalogue
from rushlock.offsets.compare import compare_all
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.embeddings import vote_on_doubts
from rushlock.pipeline.net_choice import Choose, chosen_net
from rushlock.pipeline.own_sound import check_own_sound
from rushlock.pipeline.probing import cached_probe
from rushlock.pipeline.request import SyncRequest, SyncResult
from rushlock.pipeline.seen import compare_pictures
from rushlock.pipeline.workers import workers
from rushlock.placements.own_sound import with_own_sound
from rushlock.placements.place import place
from rushlock.placements.sync_map import SyncMap
from rushlock.placements.words import all_unheard


def sync(
    request: SyncRequest, token: CancelToken, cache: Cache | None = None, choose_net: Choose = chosen_net
) -> Stage[SyncResult]:
    """Run the main job.

    Args:
        request: Where the rushes lie and what the user decided.
        token: Checked all along; raises Cancelled within a fraction of a second.
        cache: Where results are kept; the user's own if not given.
        choose_net: Says which network votes; the one that the settings mean if not given.

    Returns:
        A placement for every clip, and what could not be read.
    """
    cache = cache or open_default(request.settings)
    timings: dict[str, float] = {}
    with _timed(timings, "catalogue"):
        found: Catalogue = yield from catalogue(request.paths, request.cameras, cached_probe(cache), token)
    clips = request.grouped(found.clips)
    with workers(request.settings.workers) as pool:
        with _timed(timings, "listening"):
            heard = yield from hear_all(clips, cache, pool, token)
        tracks = {k: t for k, t in heard.items() if isinstance(t, HeardTrack)}
        troubles = {k: str(t) for k, t in heard.items() if isinstance(t, RushlockError)}
        unheard = all_unheard(clips, tracks, troubles)
        with _timed(timings, "comparing"):
            estimates = yield from compare_all(clips, tracks, request.settings, cache, pool, token)

        def placed(estimates: Sequence[Estimate]) -> SyncMap:
            parts = (clips, unheard, estimates, request.decisions, request.settings)
            return place(*parts, master=request.master)

        with _timed(timings, "placing"):
            yield Progress("Placing", 0, len(clips))
            known = Known(clips, tracks, troubles, estimates, placed(estimates), request.decisions)
            yield Progress("Placing", len(clips), len(clips))
        with _timed(timings, "watching"):
            seen = yield from compare_pictures(known, request.settings, cache, pool, token)
    known = _revised(known, seen, placed)
    with _timed(timings, "looking"):
        voted = yield from vote_on_doubts(known, request.settings, cache, token, choose_net)
    known = _revised(known, voted, placed)
    with workers(request.settings.workers) as pool, _timed(timings, "own sound"):
        told = yield from check_own_sound(known, request.settings, cache, pool, token, choose_net)
    sync_map = with_own_sound(known.sync_map, told, {c.key: c.camera for c in clips})
    return SyncResult(found.clips, found.unreadable, sync_map, timings, tuple(voted), unheard)


def _revised(
    known: Known, estimates: Sequence[Estimate], placed: Callable[[Sequence[Estimate]], SyncMap]
) -> Known:
    """Return what is known with pairs judged anew: clips are placed anew where that says anything else."""
    if estimates == known.estimates:
        return known
    return replace(known, estimates=estimates, sync_map=placed(estimates))


@contextmanager
def _timed(timings: dict[str, float], name: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        timings[name] = time.perf_counter() - begun
