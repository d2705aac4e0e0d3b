"""The stage behind the pair view: a question about two clips in, everything worth seeing out.

What runs have left in the cache is used. The rest is made here, in worker processes where something is to be
decoded: sound always, for it is quick; pictures where they are asked for, or short. What cannot be had is
told in a sentence about the clip concerned, and all else goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from rushlock.base.clock import Clock
from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.store import Cache
from rushlock.features.binned import (
    BIN_S,
    heard_bins,
    heard_channels,
    heard_present,
    seen_bins,
    seen_channels,
    seen_present,
)
from rushlock.features.heard import HeardTrack
from rushlock.features.hearing import hear_all
from rushlock.features.hearing import kept_track as kept_heard
from rushlock.features.motion import MotionTrack
from rushlock.features.watching import kept_track as kept_seen
from rushlock.features.watching import watch_all
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.pair_view import hearing, seeing
from rushlock.pipeline.pair_view.ballot import NO_CURVE, Curve, Vote, ballot
from rushlock.pipeline.pair_view.question import (
    BOTH,
    PICTURE,
    PLAIN,
    SOUND,
    Comparison,
    Loop,
    NetSide,
    Question,
    Told,
)
from rushlock.placements.words import why_unheard
from rushlock.similarity.scales import Scales, halvings, joined, scales

STAGE = "Comparing the pair"

SHORT_S = 150.0
"""Pictures of pairs that are together no longer than this are watched without being asked for."""


def comparison(question: Question, cache: Cache, token: CancelToken) -> Stage[Comparison]:
    """Return what is known of a pair.

    Args:
        question: The pair, and what to show of it.
        cache: Where results are kept.
        token: Checked all along.
    """
    look = _Look(question, cache, token)
    with _workers(question.settings.workers) as pool:
        yield from look.gather(pool)
    yield Progress(STAGE, 1, 4, question.node.name, "steps")
    look.listen()
    yield Progress(STAGE, 2, 4, question.node.name, "steps")
    look.watch()
    if isinstance(question.modality, NetSide):
        yield from look.ask()
    yield Progress(STAGE, 3, 4, question.node.name, "steps")
    return look.comparison()


class _Look:
    """One call of ``comparison``: what its steps share."""

    def __init__(self, question: Question, cache: Cache, token: CancelToken) -> None:
        self.question, self.cache, self.token = question, cache, token
        self.pair = question.master, question.node
        self.heard: dict[str, HeardTrack] = {}
        self.seen: dict[str, MotionTrack] = {}
        self.troubles: list[tuple[str, str]] = []
        self.curves: dict[str, Curve] = {}
        self.estimates: list[Estimate] = []
        self.votes: list[Vote] = []
        self.loops: tuple[Loop, ...] = ()
        self.scales: tuple[Scales, Scales] | None = None

    def gather(self, pool: Callable[[], Pool]) -> Stage[None]:
        """Hear and watch what is to be compared."""
        there = [clip for clip in self.pair if kept_heard(self.cache, clip) or is_there(clip)]
        heard = yield from hear_all(there, self.cache, pool, self.token)
        for clip in self.pair:
            track = heard.get(clip.key)
            trouble = str(track) if isinstance(track, RushlockError) else ""
            trouble = trouble if clip in there else "the file is not where it was"
            track = track if isinstance(track, HeardTrack) else None
            poor = why_unheard(clip, track, trouble)
            if poor:
                self._miss(SOUND, f"{clip.name}: {poor}")
            if track is not None:
                self.heard[clip.key] = track
        for third in self.question.thirds:
            track = kept_heard(self.cache, third.clip) if third.clip.has_sound else None
            if track is not None:
                self.heard[third.clip.key] = track
        yield from self._gather_pictures(pool)

    def _gather_pictures(self, pool: Callable[[], Pool]) -> Stage[None]:
        blind = [clip for clip in self.pair if clip.picture is None]
        for clip in blind:
            self._miss(PICTURE, f"{clip.name}: no picture")
        if blind or not self._pictures_wanted():
            return
        seen = yield from watch_all(self.pair, self.cache, pool, self.token)
        for clip in self.pair:
            track = seen.get(clip.key)
            if isinstance(track, MotionTrack) and len(track):
                self.seen[clip.key] = track
            else:
                self._miss(PICTURE, f"{clip.name}: {track or 'no picture could be read'}")

    def _pictures_wanted(self) -> bool:
        if self.question.modality in (PICTURE, BOTH):
            return True
        if all(kept_seen(self.cache, clip) is not None for clip in self.pair):
            return True
        together = sum(float(clip.duration) for clip in self.pair)
        return together <= SHORT_S and self.question.settings.pictures != "off"

    def listen(self) -> None:
        """Take in what sound says."""
        if not self._both(self.heard):
            return
        found, self.loops = hearing.heard_curves(self.question, self.heard, self.token)
        curve = self.curves[SOUND] = hearing.shown_curve(found)
        estimates = hearing.heard_estimates(self.question, self.heard, found, self.cache, self.token)
        self._take(SOUND, curve, estimates)

    def watch(self) -> None:
        """Take in what pictures say, and how heads read them."""
        if not self._both(self.seen):
            return
        found = seeing.watched_curve(self.question, self.seen, self.cache, self.token)
        curve = self.curves[PICTURE] = seeing.shown_curve(found)
        self._take(PICTURE, curve, seeing.seen_estimates(self.question, self.seen, found, self.token))
        best = max(self.estimates, key=lambda e: e.probability, default=None)
        around = self.question.lag if best is None else best.offset
        self.votes += seeing.head_votes(self.question, self.seen, around, self.token)

    def ask(self) -> Stage[None]:
        """Take in what a network shows and says; whatever keeps it from doing so is told."""
        from rushlock.pipeline.pair_view import networks

        asked = self.question.modality
        if not isinstance(asked, NetSide):
            return
        places: list[tuple[float, float]] = []
        try:
            master, node, curve = yield from networks.embedded(self.question, self.cache, self.token)
            self.scales, self.curves[asked.net] = (master, node), curve
            self.estimates, places = yield from networks.asked_network(
                self.question, self.estimates, self.heard, self.cache, self.token
            )
        except (RushlockError, ValueError) as error:
            self._miss(asked.net, str(error))
        shown = self.curves.get(asked.net, NO_CURVE)
        if shown.offsets.size or places:
            self.votes.append(Vote(asked.net, shown, tuple(places), counts=bool(places), grain=0.2))

    def comparison(self) -> Comparison:
        """Return it all."""
        self.token.check()
        curve = self._curve()
        for shown in (curve, *self.curves.values()):
            _ = shown.top, shown.summits  # here rather than on the window's thread
        master, node = self.scales or self._scales() or (None, None)
        return Comparison(
            question=self.question,
            master=master,
            node=node,
            curve=curve,
            ballot=ballot(self.votes, self._with_told(), curve),
            loops=self.loops,
            troubles=tuple(self.troubles),
        )

    def _miss(self, what: str, why: str) -> None:
        self.troubles.append((what, why))

    def _both(self, tracks: dict[str, HeardTrack] | dict[str, MotionTrack]) -> bool:
        return all(clip.key in tracks for clip in self.pair)

    def _take(self, method: str, curve: Curve, estimates: list[Estimate]) -> None:
        self.estimates += estimates
        places = sorted(((e.offset, e.probability) for e in estimates), key=lambda p: -p[1])
        self.votes.append(Vote(method, curve, tuple(places), counts=True))

    def _with_told(self) -> list[Estimate]:
        """Return the estimates, and what the run said besides: a network's find, a place no longer seen."""
        extra = [
            _as_estimate(told, self.question)
            for told in self.question.told
            if all(abs(told.offset - e.offset) > max(0.04, 2 * e.precision) for e in self.estimates)
        ]
        return [*self.estimates, *extra]

    def _curve(self) -> Curve:
        modality = self.question.modality
        if modality == BOTH and SOUND in self.curves and PICTURE in self.curves:
            return _added(self.curves[SOUND], self.curves[PICTURE])
        name = modality.net if isinstance(modality, NetSide) else modality
        for known in (name, SOUND, PICTURE):  # any evidence is better than an empty plot
            if known in self.curves:
                return self.curves[known]
        return NO_CURVE

    def _scales(self) -> tuple[Scales, Scales] | None:
        modality = self.question.modality
        tracks = [t for t, of in ((self.heard, SOUND), (self.seen, PICTURE)) if modality in (of, BOTH)]
        if modality not in PLAIN or not all(self._both(t) for t in tracks):
            return None
        halve = halvings(max(self._bins(clip) for clip in self.pair))
        master, node = (self._clip_scales(clip, halve) for clip in self.pair)
        return master, node

    def _bins(self, clip: Clip) -> int:
        heard, seen = self.heard.get(clip.key), self.seen.get(clip.key)
        return max(0 if heard is None else heard_bins(heard), 0 if seen is None else seen_bins(seen))

    def _clip_scales(self, clip: Clip, halve: int) -> Scales:
        parts = []
        if self.question.modality in (SOUND, BOTH):
            heard = self.heard[clip.key]
            parts.append(scales(heard_channels(heard), heard_present(heard), 0.0, BIN_S, halve=halve))
        self.token.check()
        if self.question.modality in (PICTURE, BOTH):
            seen = self.seen[clip.key]
            parts.append(scales(seen_channels(seen), seen_present(seen), 0.0, BIN_S, halve=halve))
        return parts[0] if len(parts) == 1 else joined(*parts)


def is_there(clip: Clip) -> bool:
    """Return whether all files of a clip can be found; one that cannot must not be taken for silent."""
    try:
        return all(file.path.is_file() for file in clip.files)
    except OSError:
        return False


def _as_estimate(told: Told, question: Question) -> Estimate:
    return Estimate(
        master=question.master.key,
        node=question.node.key,
        clock=Clock.line(told.offset),
        precision=0.02,
        drift_error=0.0,
        overlap=0.0,
        probability=told.chance,
        method=told.method,
    )


def _added(sound: Curve, picture: Curve) -> Curve:
    """Return two curves as one: heights above chance add as squares, where both can be judged."""
    heard = np.nan_to_num(np.maximum(sound.heights, 0.0))
    seen = np.interp(sound.offsets, picture.offsets, np.nan_to_num(picture.heights), left=0.0, right=0.0)
    return replace(sound, heights=np.sqrt(heard**2 + seen**2))


@contextmanager
def _workers(count: int) -> Iterator[Callable[[], Pool]]:
    """Give the worker processes, started when something is to be decoded and ended with the stage."""
    started: list[Pool] = []

    def pool() -> Pool:
        if not started:
            started.append(Pool(count))
        return started[0]

    try:
        yield pool
    finally:
        for each in started:
            each.close()
