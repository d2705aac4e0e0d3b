"""The stage that watches clips: decoded once each in worker processes, kept in the cache.

A worker stores its track in the cache itself, so that a killed run has lost at most the clips in hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.motion import VERSION, MotionTrack, watch
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip

STAGE = "Watching"


@dataclass(frozen=True, slots=True)
class WatchingJob:
    """One clip to watch, and where to keep the result. ``path`` names the job in errors."""

    path: str
    clip: Clip
    cache: Cache


def watch_all(
    clips: Sequence[Clip], cache: Cache, pool: Callable[[], Pool], token: CancelToken
) -> Stage[dict[str, MotionTrack | RushlockError]]:
    """Return the track of every clip, by clip key; an error where its picture cannot be read.

    Args:
        clips: Have pictures.
        cache: Where tracks are kept.
        pool: Opens the worker processes; called only if something is to be decoded.
        token: Checked all along.
    """
    total = sum(float(c.duration) for c in clips) / 60
    tracks: dict[str, MotionTrack | RushlockError] = {}
    missing, done = [], 0.0
    for clip in clips:
        token.check()
        held = kept_track(cache, clip)
        if held is None:
            missing.append(clip)
        else:
            tracks[clip.key] = held
            done += float(clip.duration) / 60
    yield Progress(STAGE, done, total, unit="min of picture")
    if missing:
        missing.sort(key=lambda c: -c.duration)  # the longest first, so that none is waited for in the end
        jobs = [WatchingJob(str(c.path), c, cache) for c in missing]
        for outcome in pool().run(watch_one, jobs, token):
            clip = missing[outcome.index]
            found = outcome.value if outcome.value is not None else outcome.error
            if found is not None:
                tracks[clip.key] = found
            done += float(clip.duration) / 60
            yield Progress(STAGE, done, total, clip.name, "min of picture")
    return tracks


def watch_one(job: WatchingJob) -> MotionTrack:
    """Watch one clip and store its track; runs in a worker process.

    Raises:
        MediaError: The picture cannot be opened.
    """
    track = watch(job.clip, CancelToken())
    arrays = {name: getattr(track, name) for name in ("shape", "flow", "light", "present")}
    job.cache.store_arrays(_key(job.clip), {"first": np.array(track.first), **arrays})
    return track


def _key(clip: Clip) -> str:
    return digest(VERSION, clip.key)


def kept_track(cache: Cache, clip: Clip) -> MotionTrack | None:
    """Return a clip's track from the cache, None where it was not watched yet."""
    arrays = cache.arrays(_key(clip))
    if arrays is None:
        return None
    first = int(arrays["first"])
    return MotionTrack(first, arrays["shape"], arrays["flow"], arrays["light"], arrays["present"])
