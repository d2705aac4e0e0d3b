"""The stage that hears all clips: decoded once each in worker processes, kept in the cache."""

import json
from collections.abc import Callable, Sequence

import numpy as np

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.channels import Mix, choose_mix
from rushlock.features.gathering import TrackJob, gathered
from rushlock.features.heard import VERSION, HeardTrack, hear
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip

STAGE = "Listening"


def hear_all(
    clips: Sequence[Clip], cache: Cache, pool: Callable[[], Pool], token: CancelToken
) -> Stage[dict[str, HeardTrack | RushlockError]]:
    """Return the track of every clip that has sound, by clip key; an error where the sound cannot be read."""
    sounding = [c for c in clips if c.has_sound]
    return gathered(sounding, kept_track, hear_one, cache, pool, token, stage=STAGE, unit="min of sound")


def hear_one(job: TrackJob) -> HeardTrack:
    """Hear one clip and store its track; runs in a worker process.

    Raises:
        MediaError: The sound cannot be opened.
    """
    mix = choose_mix(job.clip.files[0])
    track: HeardTrack | None = None
    for step in hear(job.clip, mix):
        if isinstance(step, HeardTrack):
            track = step
    assert track is not None, "hear() ends with a track"
    job.cache.store_arrays(
        _key(job.clip), {"onsets": track.onsets, "level": track.level, "about": _about(track)}
    )
    return track


def _key(clip: Clip) -> str:
    return digest(VERSION, clip.key)


def _about(track: HeardTrack) -> np.ndarray:
    """Return all but the arrays of a track as UTF-8 JSON bytes."""
    mix = track.mix
    about = {
        "gains": mix.gains,
        "dead": mix.dead,
        "steady": mix.steady,
        "clipped": mix.clipped,
        "missing": track.missing,
    }
    return np.frombuffer(json.dumps(about).encode(), np.uint8)


def kept_track(cache: Cache, clip: Clip) -> HeardTrack | None:
    """Return a clip's track from the cache, None where it was not heard yet."""
    arrays = cache.arrays(_key(clip))
    if arrays is None:
        return None
    about = json.loads(arrays["about"].tobytes())
    mix = Mix(tuple(tuple(g) for g in about["gains"]), about["dead"], about["steady"], about["clipped"])
    return HeardTrack(arrays["onsets"], arrays["level"], mix, about["missing"])
