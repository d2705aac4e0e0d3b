"""The stage that watches clips: decoded once each in worker processes, kept in the cache."""

from collections.abc import Callable, Sequence

import numpy as np

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.gathering import TrackJob, gathered
from rushlock.features.motion import VERSION, MotionTrack, watch
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip

STAGE = "Watching"


def watch_all(
    clips: Sequence[Clip],
    cache: Cache,
    pool: Callable[[], Pool],
    token: CancelToken,
    *,
    hardware: bool = False,
) -> Stage[dict[str, MotionTrack | RushlockError]]:
    """Return the track of every clip, all of which have pictures; an error where one cannot be read.

    ``hardware``: whether the graphics card may decode; tracks are the same.
    """
    return gathered(
        clips,
        kept_track,
        watch_one,
        cache,
        pool,
        token,
        stage=STAGE,
        unit="min of picture",
        hardware=hardware,
    )


def watch_one(job: TrackJob) -> MotionTrack:
    """Watch one clip and store its track; runs in a worker process.

    Raises:
        MediaError: The picture cannot be opened.
    """
    track = watch(job.clip, CancelToken(), hardware=job.hardware)
    arrays = {name: getattr(track, name) for name in ("shape", "flow", "rise", "light", "present")}
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
    return MotionTrack(
        first, arrays["shape"], arrays["flow"], arrays["rise"], arrays["light"], arrays["present"]
    )
