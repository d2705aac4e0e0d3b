"""The stage that compares pictures with pictures where sound is absent, weak, or contradicts itself.

Nothing to install is needed for it. Clips whose sound placed them, or whose sound has no place to offer
though there is much to hear, are left alone. The pictures of the others, silent ones and those of whose sound
little is certain, are compared with those of the clips that may have filmed the same moments: where wall
clocks point first, then those with a place, the longest first. What comes of it are estimates beside those of
sound; placing weighs them all.

Pictures cost far more to decode than sound. Without being told to look at everything a run watches so much
of them and no more, and says in one line what it left out.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from rushlock.base.clock import Clock
from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.motion import VERSION as MOTION_VERSION
from rushlock.features.motion import MotionTrack
from rushlock.features.watching import watch_all
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.seen import SeenCurve, seen_curve, seen_places
from rushlock.offsets.seen_judge import SeenTrust, alone, among_clips, seen_scores, seen_trust
from rushlock.pipeline.doubts import WORTH_CHECKING, Known, meets
from rushlock.placements.sync_map import Status

_log = logging.getLogger(__name__)

STAGE = "Comparing pictures"
METHOD = "picture"
VERSION = "seen-2"
"""Part of the cache key: change it with anything that changes places or their scores."""

PARTNERS = 24
"""Clips that one clip is compared with, at most."""

PLACES = 2
"""Places of a pair that become estimates."""

LEAST = 0.05
"""Places below this probability are chance."""

PATIENCE_S = 6 * 3600.0
"""Seconds of picture watched in one run, unless all are asked for."""

_DRIFT_PPM = 50.0
_FRAME_PART = 0.1  # of a frame: rolling shutters and exposure differ by so much


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip whose pictures are to be compared, and with which clips'."""

    clip: Clip
    partners: tuple[Clip, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pair as the cache keeps it."""

    offset: float
    evidence: float
    overlap: float
    alone: float
    scores: dict[str, float]


def wanted(known: Known) -> Iterator[Wanted]:
    """Yield the clips worth it, shortest first: silent ones, and those of whose sound little is certain."""
    filming = [c for c in known.clips if c.picture is not None and c.key in known.sync_map.by_clip]
    guessed = {key for e in known.estimates if e.probability >= WORTH_CHECKING for key in (e.master, e.node)}
    guessed |= {p.clip for p in known.sync_map.placements if p.status is Status.REVIEW}
    in_doubt = [
        c for c in known.unsettled() if c.picture is not None and (not known.heard(c) or c.key in guessed)
    ]
    for clip in sorted(in_doubt, key=lambda c: (c.duration, c.key)):
        others = [c for c in filming if c.camera != clip.camera]
        others.sort(key=lambda c: (not meets(known, clip, c), not _placed(known, c), -c.duration, c.key))
        if others:
            yield Wanted(clip, tuple(others[:PARTNERS]))


def _placed(known: Known, clip: Clip) -> bool:
    return known.sync_map.by_clip[clip.key].status not in (Status.UNSYNCED, Status.REVIEW)


def compare_pictures(
    known: Known, settings: Settings, cache: Cache, pool: Callable[[], Pool], token: CancelToken
) -> Stage[list[Estimate]]:
    """Return the estimates with those by picture, most likely first; as they were where none is needed."""
    asked = [] if settings.pictures == "off" else list(wanted(known))
    asked = _affordable(asked, float("inf") if settings.pictures == "all" else PATIENCE_S)
    if not asked:
        return list(known.estimates)
    clips = {c.key: c for a in asked for c in (a.clip, *a.partners)}
    seen = yield from watch_all(list(clips.values()), cache, pool, token, hardware=settings.by_hardware)
    for error in (t for t in seen.values() if isinstance(t, RushlockError)):
        _log.warning("Not compared by picture: %s", error)
    tracks = {k: t for k, t in seen.items() if isinstance(t, MotionTrack)}
    pairs = _pairs(asked, tracks)
    trust = seen_trust()
    estimates: list[Estimate] = []
    for done, ((master, node), against) in enumerate(pairs.items()):
        yield Progress(STAGE, done, len(pairs), clips[node].name, "pairs")
        places = _kept_places(clips[master], clips[node], tracks, cache, token)
        estimates += estimates_of(clips[master], clips[node], places, against, trust)
    yield Progress(STAGE, len(pairs), len(pairs), unit="pairs")
    return sorted([*known.estimates, *estimates], key=lambda e: (-e.probability, e.master, e.node, e.offset))


def _affordable(asked: Sequence[Wanted], patience: float) -> list[Wanted]:
    """Return what can be watched in so many seconds of picture; what is left out is said."""
    watched: set[str] = set()
    chosen, left_out, spent = [], [], 0.0
    for want in asked:
        partners = []
        spent += _cost([want.clip], watched)
        for partner in want.partners if spent <= patience else ():
            cost = _cost([partner], watched)
            if spent + cost <= patience:
                spent += cost
                watched.add(partner.key)
                partners.append(partner)
        if partners:
            watched.add(want.clip.key)
            chosen.append(Wanted(want.clip, tuple(partners)))
        else:
            left_out.append(want.clip.name)
    if left_out:
        hours = f"{patience / 3600:g} h"
        _log.warning("More than %s of picture; not compared (see --pictures): %s", hours, ", ".join(left_out))
    return chosen


def _cost(clips: Sequence[Clip], watched: set[str]) -> float:
    return sum(float(c.duration) for c in clips if c.key not in watched)


def _pairs(asked: Sequence[Wanted], tracks: dict[str, MotionTrack]) -> dict[tuple[str, str], int]:
    """Return pairs (longer clip, other), with how many others one of them is compared with at most."""
    pairs: dict[tuple[str, str], int] = {}
    for want in asked:
        partners = [p for p in want.partners if p.key in tracks and want.clip.key in tracks]
        for partner in partners:
            master, node = sorted((want.clip, partner), key=lambda c: (-c.duration, c.key))
            pair = master.key, node.key
            pairs[pair] = max(pairs.get(pair, 0), len(partners))
    return pairs


def _kept_places(
    master: Clip, node: Clip, tracks: dict[str, MotionTrack], cache: Cache, token: CancelToken
) -> list[Place]:
    """Return the best places of a pair, from the cache where it was compared before."""
    key = digest(VERSION, MOTION_VERSION, master.key, node.key)
    held = cache.text(key)
    if held is None:
        places = compared(tracks[master.key], tracks[node.key], token)
        held = json.dumps([asdict(p) for p in places])
        cache.store_text(key, held)
    return [Place(**row) for row in json.loads(held)]


def compared(master: MotionTrack, node: MotionTrack, token: CancelToken) -> list[Place]:
    """Return the best places of two tracks, best first, each with its scores."""
    return places_on(seen_curve(master, node, token), master, node, token)


def places_on(curve: SeenCurve, master: MotionTrack, node: MotionTrack, token: CancelToken) -> list[Place]:
    """Return the best places of two tracks on their curve, best first, each with its scores."""
    found = seen_places(master, node, curve, token)
    share = alone(master, node, found) if found else 1.0
    return [
        Place(p.offset, p.evidence, p.overlap, share, seen_scores(found, number, curve))
        for number, p in enumerate(found[:PLACES])
    ]


def estimates_of(
    master: Clip, node: Clip, places: Sequence[Place], against: int, trust: SeenTrust
) -> Iterator[Estimate]:
    """Yield the estimates of a pair's places that are more than chance; ``against``: see ``among_clips``."""
    precision = (trust.precision**2 + sum((_FRAME_PART * _frame(c)) ** 2 for c in (master, node))) ** 0.5
    for place in places:
        chance = min(among_clips(trust.probability(place.scores), against), place.alone)
        if chance < LEAST:
            continue
        yield Estimate(
            master=master.key,
            node=node.key,
            clock=Clock.line(place.offset),
            precision=precision,
            drift_error=_DRIFT_PPM,
            overlap=place.overlap,
            probability=chance,
            method=METHOD,
            features={
                "seen_repeats": float(place.alone < 1.0),
                **{f"seen_{name}": value for name, value in place.scores.items()},
            },
            rivals=tuple(Candidate(p.offset, p.evidence**0.5, p.overlap) for p in places if p is not place),
        )


def _frame(clip: Clip) -> float:
    return 0.0 if clip.rate is None else float(1 / clip.rate.fps)
