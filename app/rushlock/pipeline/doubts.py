"""What deserves a network's dear look: pairs that sound leaves in doubt, and silent pictures.

Whatever sound settled, or the user did, is left alone. Of the rest, two things can be asked of a network
that compares picture with sound. Where sound offers places that it does not trust, they are *checked*. Where
a clip has pictures and no sound worth hearing, its pictures are *searched* for in what others recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rushlock.features.heard import HeardTrack
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import Decision
from rushlock.placements.sync_map import Placement, Status, SyncMap
from rushlock.placements.words import why_unheard

WORTH_CHECKING = 0.05
"""Places below this probability are chance."""

PAIRS_EACH = 2
"""Pairs checked for each clip in doubt."""

PLACES_EACH = 2
"""Places checked of each pair."""

_DAY_S = 86400.0
_LABEL_ERROR_S = 0.5
_FILE_TIME_ERROR_S = 5.0
_HINTED_SIGMAS = 3.0


@dataclass(frozen=True, slots=True)
class Known:
    """What a run knows once sound has spoken.

    Attributes:
        clips: All clips.
        tracks: What was heard, by clip key.
        troubles: Why a clip's sound could not be read, by clip key.
        estimates: Judged pairs.
        sync_map: Where sound places the clips.
        decisions: What the user decided.
    """

    clips: Sequence[Clip]
    tracks: Mapping[str, HeardTrack]
    troubles: Mapping[str, str]
    estimates: Sequence[Estimate]
    sync_map: SyncMap
    decisions: Mapping[str, Decision]

    def heard(self, clip: Clip) -> bool:
        """Return whether a clip's sound is worth hearing."""
        return not why_unheard(clip, self.tracks.get(clip.key), self.troubles.get(clip.key, ""))

    def unsettled(self) -> list[Clip]:
        """Return the clips whose place is still in doubt."""
        in_doubt = (Status.REVIEW, Status.UNSYNCED)
        return [
            c
            for c in self.clips
            if c.key not in self.decisions
            and c.key in self.sync_map.by_clip
            and self.sync_map.by_clip[c.key].status in in_doubt
        ]


@dataclass(frozen=True, slots=True)
class Check:
    """A pair whose places by sound are to be checked, the likeliest first."""

    master: Clip
    node: Clip
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Where a clip may lie against a partner: partner's start minus clip's start, how far off that may be."""

    delay: float
    reach: float


@dataclass(frozen=True, slots=True)
class Search:
    """A clip whose pictures are to be searched for in others' sound.

    Attributes:
        clip: The clip.
        partners: Those whose sound is searched, with what wall clocks say; the most promising first.
    """

    clip: Clip
    partners: tuple[tuple[Clip, Hint | None], ...]


def checks(known: Known) -> Iterator[Check]:
    """Yield the pairs worth checking: for each clip in doubt its likeliest, if picture can meet sound."""
    clips = {c.key: c for c in known.clips}
    by_pair: dict[tuple[str, str], list[Estimate]] = {}
    for e in sorted(known.estimates, key=lambda e: -e.probability):
        if e.probability >= WORTH_CHECKING:
            by_pair.setdefault((e.master, e.node), []).append(e)
    done = set()
    for clip in known.unsettled():
        own = [pair for pair in by_pair if clip.key in pair and _can_meet(known, clips, pair)]
        for pair in own[:PAIRS_EACH]:
            if pair not in done:
                done.add(pair)
                yield Check(clips[pair[0]], clips[pair[1]], tuple(by_pair[pair][:PLACES_EACH]))


def _can_meet(known: Known, clips: Mapping[str, Clip], pair: tuple[str, str]) -> bool:
    one, other = (clips[key] for key in pair)
    return (one.picture is not None and known.heard(other)) or (
        other.picture is not None and known.heard(one)
    )


def searches(known: Known) -> Iterator[Search]:
    """Yield the silent pictures worth searching for: those for which wall clocks say something first."""
    sounding = [c for c in known.clips if known.heard(c) and c.key in known.sync_map.by_clip]
    found = []
    for clip in known.unsettled():
        if clip.picture is None or known.heard(clip):
            continue
        partners = [(c, hint_of(known, clip, c)) for c in sounding if c.camera != clip.camera]
        # What wall clocks exclude is still searched in the end: they are wrong too often.
        partners = [(c, h if h is not None and _meets(clip, c, h) else None) for c, h in partners]
        partners.sort(key=lambda p: (p[1] is None, p[0].picture is not None, -p[0].duration, p[0].key))
        if partners:
            found.append(Search(clip, tuple(partners)))
    yield from sorted(found, key=lambda s: (s.partners[0][1] is None, s.clip.duration, s.clip.key))


def hint_of(known: Known, clip: Clip, partner: Clip) -> Hint | None:
    """Return what placements, timecode or files' times say of a partner's start; None where nothing does."""
    own, other = known.sync_map.by_clip[clip.key], known.sync_map.by_clip[partner.key]
    if own.start is not None and other.start is not None and own.group == other.group:
        return Hint(other.start - own.start, _HINTED_SIGMAS * _error(own))
    if clip.day_seconds is not None and partner.day_seconds is not None:
        apart = float(partner.day_seconds - clip.day_seconds)
        return Hint((apart + _DAY_S / 2) % _DAY_S - _DAY_S / 2, _LABEL_ERROR_S)
    made, others = clip.files[0].created, partner.files[0].created
    if made is not None and others is not None and (made.tzinfo is None) == (others.tzinfo is None):
        return Hint((others - made).total_seconds(), _FILE_TIME_ERROR_S)
    return None


def meets(known: Known, clip: Clip, partner: Clip) -> bool:
    """Return whether placements, timecode or files' times say that two clips share time."""
    hint = hint_of(known, clip, partner)
    return hint is not None and _meets(clip, partner, hint)


def _error(placement: Placement) -> float:
    return max(placement.precision, _LABEL_ERROR_S / _HINTED_SIGMAS)


def _meets(clip: Clip, partner: Clip, hint: Hint) -> bool:
    begin, end = hint.delay - hint.reach, hint.delay + float(partner.duration) + hint.reach
    return begin < float(clip.duration) and end > 0
