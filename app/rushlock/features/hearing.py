"""The stage that hears all clips: decoded once each in worker processes, kept in the cache.

A worker stores its track in the cache itself, so that a killed run has lost at most the clips in hand.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.channels import Mix, choose_mix
from rushlock.features.heard import VERSION, HeardTrack, hear
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip

STAGE = "Listening"


@dataclass(frozen=True, slots=True)
class HearingJob:
    """One clip to hear, and where to keep the result. ``path`` names the job in errors."""

    path: str
    clip: Clip
    cache: Cache


def hear_all(
    clips: Sequence[Clip], cache: Cache, pool: Callable[[], Pool], token: CancelToken
) -> Stage[dict[str, HeardTrack | RushlockError]]:
    """Return the track of every clip that has sound, by clip key; an error where the sound cannot be read."""
    sounding = [c for c in clips if c.has_sound]
    total = sum(float(c.duration) for c in sounding) / 60
    tracks: dict[str, HeardTrack | RushlockError] = {}
    missing, done = [], 0.0
    for clip in sounding:
        token.check()
        held = _held(cache, clip)
        if held is None:
            missing.append(clip)
        else:
            tracks[clip.key] = held
            done += float(clip.duration) / 60
    yield Progress(STAGE, done, total, unit="min of sound")
    if missing:
        missing.sort(
            key=lambda c: -c.duration
        )  # the longest first, so that no worker ends long after the rest
        jobs = [HearingJob(str(c.path), c, cache) for c in missing]
        for outcome in pool().run(hear_one, jobs, token):
            clip = missing[outcome.index]
            found = outcome.value if outcome.value is not None else outcome.error
            if found is not None:
                tracks[clip.key] = found
            done += float(clip.duration) / 60
            yield Progress(STAGE, done, total, clip.name, "min of sound")
    return tracks


def hear_one(job: HearingJob) -> HeardTrack:
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


def _held(cache: Cache, clip: Clip) -> HeardTrack | None:
    arrays = cache.arrays(_key(clip))
    if arrays is None:
        return None
    about = json.loads(arrays["about"].tobytes())
    mix = Mix(tuple(tuple(g) for g in about["gains"]), about["dead"], about["steady"], about["clipped"])
    return HeardTrack(arrays["onsets"], arrays["level"], mix, about["missing"])
