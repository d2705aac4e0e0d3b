"""The stage that tells of each clip whether its own sound is in step with its picture.

Three kinds of witnesses: the clip's own onsets against what moves in it (always there), other cameras that
are tied to it by sound and by picture, and a network where one is installed that compares picture with sound.
What each says is kept by the clips' content; placing them together costs nothing.

Unless all is asked for, only pictures are used that were watched anyway: decoding every picture of a shoot
takes far longer than hearing it.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

import numpy as np

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.heard import VERSION as HEARD_VERSION
from rushlock.features.motion import HOP_S, MotionTrack
from rushlock.features.motion import VERSION as MOTION_VERSION
from rushlock.features.watching import kept_track, watch_all
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip
from rushlock.offsets.av_offset import NETWORK, TOLD, AvEvidence, AvOffset, agree, lag_words, untold, weighed
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.own_sound import SEARCHED_S, VERSION, Lag, found_lag, own_sound_trust
from rushlock.offsets.pooling import EXPERIMENTAL_MOST
from rushlock.offsets.seen_judge import seen_trust
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.following import followed
from rushlock.pipeline.net_choice import Choose, NetChoice, chosen_net
from rushlock.pipeline.seen import VERSION as SEEN_VERSION
from rushlock.pipeline.seen import Place, compared
from rushlock.placements.own_sound import DoubleTie, shoot_evidence
from rushlock.placements.words import why_unheard

_log = logging.getLogger(__name__)

STAGE = "Checking own sound"

PARTNERS = 6
"""Cameras that each clip is compared with by picture, at most: those with which it shares most time."""

_TIED = 0.9  # by sound
_SEEN_AGAIN = 0.5  # by picture
_LEAST_SHARED_S = 5.0
_COMPARED_S = 60.0
_MATE_MOST = 0.95
_OWN_MATE = 0.9
_LEAST_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class _Watched:
    """Clips that have picture and sound worth hearing, by key, with what is seen of them."""

    clips: Mapping[str, Clip]
    tracks: Mapping[str, MotionTrack]


def check_own_sound(
    known: Known,
    settings: Settings,
    cache: Cache,
    pool: Callable[[], Pool],
    token: CancelToken,
    choose_net: Choose = chosen_net,
) -> Stage[dict[str, AvOffset]]:
    """Return how late the own sound of each clip is that has both, by clip key.

    Args:
        known: Clips, their sound, and how sound ties them.
        settings: Say whether every picture is watched, and which network has a say.
        cache: Where tracks and answers are kept.
        pool: Opens the worker processes; called only if something is to be decoded.
        token: Checked all along.
        choose_net: Says which network is asked; the one that the settings mean if not given.

    Returns:
        Nothing of clips that were not watched; "cannot tell" with the reason where there is nothing to go by.
    """
    if settings.own_sound == "off":
        return {}
    both = [c for c in known.clips if c.picture is not None and c.has_sound]
    watched = yield from _watched([c for c in both if known.heard(c)], settings, cache, pool, token)
    onsets = yield from _by_onsets(known, watched, cache, token)
    cameras = {c.key: c.camera for c in known.clips}
    ties = yield from _double_ties(known, watched, cache, token)
    shoot = shoot_evidence(ties, cameras, onsets)
    network = yield from _by_network(watched, onsets, shoot, settings, cache, token, choose_net)
    alone = {
        key: [e for said in (onsets, shoot, network) if (e := said.get(key)) is not None]
        for key in watched.tracks
    }
    found = dict(_all_weighed(alone, onsets, watched.clips))
    if settings.own_sound == "all":
        found |= {c.key: untold(_why_not(c, known)) for c in both if c.key not in found}
    return found


def _why_not(clip: Clip, known: Known) -> str:
    sound = why_unheard(clip, known.tracks.get(clip.key), known.troubles.get(clip.key, ""))
    return sound or "its picture cannot be read"


def _watched(
    clips: Sequence[Clip], settings: Settings, cache: Cache, pool: Callable[[], Pool], token: CancelToken
) -> Stage[_Watched]:
    if settings.own_sound == "all":
        seen = yield from watch_all(clips, cache, pool, token, hardware=settings.by_hardware)
        for error in (t for t in seen.values() if isinstance(t, RushlockError)):
            _log.warning("Own sound not checked: %s", error)
        tracks = {k: t for k, t in seen.items() if isinstance(t, MotionTrack)}
    else:
        kept = ((c.key, kept_track(cache, c)) for c in clips)
        tracks = {key: track for key, track in kept if track is not None}
    return _Watched({c.key: c for c in clips}, tracks)


def _by_onsets(
    known: Known, watched: _Watched, cache: Cache, token: CancelToken
) -> Stage[dict[str, AvEvidence]]:
    """Return what each clip's own onsets say against what moves in it."""
    trust, found = own_sound_trust(), {}
    for done, (key, seen) in enumerate(watched.tracks.items()):
        yield Progress(STAGE, done, len(watched.tracks), watched.clips[key].name)
        place = digest(VERSION, MOTION_VERSION, HEARD_VERSION, key)
        held = cache.text(place)
        if held is None:
            lag = found_lag(seen, known.tracks[key], token)
            held = json.dumps(None if lag is None else asdict(lag))
            cache.store_text(place, held)
        told = json.loads(held)
        if told is not None:
            lag = Lag(**told)
            chance = trust.chance(lag)
            if chance >= _LEAST_CHANCE:
                words = "its own onsets against what moves in its picture"
                found[key] = AvEvidence("onsets", lag.seconds - trust.bias, trust.error, chance, words)
    return found


def _double_ties(known: Known, watched: _Watched, cache: Cache, token: CancelToken) -> Stage[list[DoubleTie]]:
    """Return the pairs that sound ties and that pictures tie as well."""
    pairs = list(_pairs(known.estimates, watched))
    ties, trust = [], seen_trust()
    for done, by_sound in enumerate(pairs):
        master, node = watched.clips[by_sound.master], watched.clips[by_sound.node]
        yield Progress(STAGE, done, len(pairs), node.name, "pairs")
        for place in _seen_places(master, node, by_sound, watched, cache, token):
            chance = min(trust.probability(place.scores), place.alone) * by_sound.probability
            apart = _middle(by_sound) - place.offset
            if chance >= _SEEN_AGAIN and abs(apart) <= SEARCHED_S:
                error = (trust.precision**2 + by_sound.precision**2) ** 0.5
                ties.append(DoubleTie(master.key, node.key, apart, error, chance))
                break
    return ties


def _seen_places(
    master: Clip, node: Clip, by_sound: Estimate, watched: _Watched, cache: Cache, token: CancelToken
) -> list[Place]:
    """Return where a pair's pictures fit near the place that sound says, over a minute of what they share."""
    offset = _middle(by_sound)
    key = digest(VERSION, SEEN_VERSION, MOTION_VERSION, master.key, node.key, round(offset / HOP_S))
    held = cache.text(key)
    if held is None:
        begin = max(offset, 0.0) + max(by_sound.overlap - _COMPARED_S, 0.0) / 2
        end = begin + min(by_sound.overlap, _COMPARED_S)
        above = _between(watched.tracks[master.key], begin - SEARCHED_S, end + SEARCHED_S)
        below = _between(watched.tracks[node.key], begin - offset, end - offset)
        held = json.dumps([asdict(place) for place in compared(above, below, token)])
        cache.store_text(key, held)
    return [Place(**row) for row in json.loads(held)]


def _between(track: MotionTrack, begin: float, end: float) -> MotionTrack:
    """Return the moments of a track between two clip times."""
    return track.part(round(begin / HOP_S) - track.first, round(end / HOP_S) - track.first)


def _pairs(estimates: Sequence[Estimate], watched: _Watched) -> Iterator[Estimate]:
    """Yield the best estimates by sound of watched clips of different cameras, the longest overlaps first."""
    partners: dict[str, int] = {}
    done = set()
    for e in sorted(estimates, key=lambda e: (-e.overlap, e.master, e.node)):
        tied = e.method in ("sound", "sound+picture") and e.probability >= _TIED
        if not tied or e.overlap < _LEAST_SHARED_S or (e.master, e.node) in done:
            continue
        if e.master not in watched.tracks or e.node not in watched.tracks:
            continue
        if watched.clips[e.master].camera == watched.clips[e.node].camera:
            continue
        if min(partners.get(k, 0) for k in (e.master, e.node)) < PARTNERS:
            done.add((e.master, e.node))
            for key in (e.master, e.node):
                partners[key] = partners.get(key, 0) + 1
            yield e


def _middle(estimate: Estimate) -> float:
    """Return the offset at the middle of the overlap, where drift does not count against pictures."""
    half = max(-estimate.offset, 0.0) + estimate.overlap / 2
    return estimate.clock.at(half) - half


def _by_network(
    watched: _Watched,
    onsets: Mapping[str, AvEvidence],
    shoot: Mapping[str, AvEvidence],
    settings: Settings,
    cache: Cache,
    token: CancelToken,
    choose_net: Choose,
) -> Stage[dict[str, AvEvidence]]:
    """Return what a network says of clips of which nothing else is certain, while its patience lasts."""
    asked = [
        key
        for key in watched.tracks
        if max(e.chance if e is not None else 0.0 for e in (onsets.get(key), shoot.get(key))) < TOLD
    ]
    choice = choose_net(settings) if asked else None
    found: dict[str, AvEvidence] = {}
    left = 0.0 if choice is None else choice.patience()
    for key in asked:
        clip = watched.clips[key]
        span = min(float(clip.duration), settings.window_hop * settings.window_history)
        left -= span
        if choice is None or left < 0:
            break
        told = yield from _asked(choice, clip, span, settings, cache, token)
        if told is not None:
            found[key] = told
    return found


def _asked(
    choice: NetChoice, clip: Clip, span: float, settings: Settings, cache: Cache, token: CancelToken
) -> Stage[AvEvidence | None]:
    """Return what a network's windows say on the average (APA); None where there is no whole window."""
    try:
        said = yield from followed(choice, clip, clip, settings, cache, token, span=(0.0, span))
    except RushlockError as error:
        _log.warning("%s was not asked about %s: %s", choice.name, clip.name, error)
        return None
    if not len(said.times):
        return None
    chances = said.alone.mean(axis=0)
    top = int(np.argmax(chances))
    step = float(np.median(np.diff(np.sort(said.offsets)))) if len(said.offsets) > 1 else 1.0
    most = EXPERIMENTAL_MOST if choice.experimental else choice.reliability.most
    trial = " (experimental network)" if choice.experimental else ""
    words = f"{choice.name}{trial}, {len(said.times)} windows"
    return AvEvidence(NETWORK, -float(said.offsets[top]), step / 3, min(float(chances[top]), most), words)


def _all_weighed(
    alone: Mapping[str, Sequence[AvEvidence]], onsets: Mapping[str, AvEvidence], clips: Mapping[str, Clip]
) -> Iterator[tuple[str, AvOffset]]:
    """Yield what is said of each clip: its own witnesses, and other clips of its camera that say the same.

    Of the others only their own onsets count: what the shoot says of one clip of a camera it says of all.
    """
    by_camera: dict[str, list[str]] = {}
    for key in alone:
        by_camera.setdefault(clips[key].camera, []).append(key)
    for key, evidence in alone.items():
        told = weighed(evidence, _frame(clips[key]))
        mates = [onsets[k] for k in by_camera[clips[key].camera] if k != key and k in onsets]
        mate = _mate(told, mates)
        yield key, told if mate is None else weighed([*evidence, mate], _frame(clips[key]))


def _mate(told: AvOffset, mates: Sequence[AvEvidence]) -> AvEvidence | None:
    """Return what other clips of the camera add to what is said of one; nothing where they say otherwise."""
    if not told.evidence:
        return None
    said = AvEvidence("camera", told.seconds, told.error, told.chance, "")
    same = [m for m in mates if m.chance >= _OWN_MATE and agree(said, m)]
    if not same:
        return None
    nearest = max(same, key=lambda m: m.chance)
    words = f"{len(same)} other clips of its camera" if len(same) > 1 else "another clip of its camera"
    words += f": {lag_words(nearest.seconds)} {'late' if nearest.seconds > 0 else 'early'}"
    return AvEvidence("camera", nearest.seconds, nearest.error, min(nearest.chance, _MATE_MOST), words)


def _frame(clip: Clip) -> Fraction | None:
    return None if clip.rate is None else 1 / clip.rate.fps
