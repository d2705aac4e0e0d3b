"""What the stages of listening and watching share: tracks from the cache, the rest made in worker processes.

A worker stores its track in the cache itself, so that a killed run has lost at most the clips in hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.store import Cache
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip

Track = TypeVar("Track")


@dataclass(frozen=True, slots=True)
class TrackJob:
    """One clip to make a track of.

    Attributes:
        path: Names the job in errors.
        clip: Of which.
        cache: Where to keep the track.
        hardware: Whether the graphics card may decode its pictures.
    """

    path: str
    clip: Clip
    cache: Cache
    hardware: bool = False


def gathered(
    clips: Sequence[Clip],
    held: Callable[[Cache, Clip], Track | None],
    make: Callable[[TrackJob], Track],
    cache: Cache,
    pool: Callable[[], Pool],
    token: CancelToken,
    *,
    stage: str,
    unit: str,
    hardware: bool = False,
) -> Stage[dict[str, Track | RushlockError]]:
    """Return the track of every clip, by clip key; an error where its media cannot be read.

    Args:
        clips: Of which tracks are wanted.
        held: Returns what the cache holds of a clip.
        make: Makes and stores a track; runs in a worker process.
        cache: Where tracks are kept.
        pool: Opens the worker processes; called only if something is to be decoded.
        token: Checked all along.
        stage: Name of the stage.
        unit: What its minutes are minutes of.
        hardware: Whether the graphics card may decode pictures.
    """
    total = sum(_minutes(c) for c in clips)
    tracks: dict[str, Track | RushlockError] = {}
    missing, done = [], 0.0
    for clip in clips:
        token.check()
        track = held(cache, clip)
        if track is None:
            missing.append(clip)
        else:
            tracks[clip.key] = track
            done += _minutes(clip)
    yield Progress(stage, done, total, unit=unit)
    if missing:
        missing.sort(key=lambda c: -c.duration)  # the longest first: no worker ends long after the rest
        for outcome in pool().run(make, [TrackJob(str(c.path), c, cache, hardware) for c in missing], token):
            clip = missing[outcome.index]
            found = outcome.value if outcome.value is not None else outcome.error
            if found is not None:
                tracks[clip.key] = found
            done += _minutes(clip)
            yield Progress(stage, done, total, clip.name, unit)
    return tracks


def _minutes(clip: Clip) -> float:
    return float(clip.duration) / 60
