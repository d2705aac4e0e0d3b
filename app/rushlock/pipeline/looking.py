"""One question at a time to a network: does a pair's place hold, where in a sound does a picture belong.

Answers are kept as raw scores by the clips' content, the weights' digest and the question, so that a second
run neither loads the network nor decodes anything, and a new calibration needs no new look.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.segments import VERSION as SEGMENTS_VERSION
from rushlock.media.clip import Clip
from rushlock.nets.protocol import WindowNet
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.heads.cross import ask
from rushlock.offsets.heads.recording import Recording
from rushlock.offsets.heads.sliding import Found, slide
from rushlock.offsets.pooling import scores_of
from rushlock.offsets.records import clock_record
from rushlock.offsets.voting import vote
from rushlock.pipeline.doubts import Check, Known
from rushlock.pipeline.net_choice import NetChoice
from rushlock.pipeline.recordings import recording_of

VERSION = "votes-1"
"""Part of the cache key: change it with anything that changes what is asked or how it is scored."""

CHECK_PLACES, SEARCH_PLACES = 6, 16
CHECK_REACH_S, SEARCH_REACH_S = 1.5, 1.0
_SOUND_COST = 1 / 15  # embedding a second of sound against one of picture, and judging it

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a search found and a closer look scored.

    Attributes:
        delay: Partner's start minus clip's start, seconds.
        precision: Its standard error.
        scores: Raw, see ``offsets.pooling``.
    """

    delay: float
    precision: float
    scores: Scores


class Looker:
    """Asks one network about the clips of one run."""

    def __init__(self, choice: NetChoice, known: Known, cache: Cache, token: CancelToken) -> None:
        self.choice = choice
        self._known, self._cache, self._token = known, cache, token
        self._spent = 0.0

    @cached_property
    def net(self) -> WindowNet:
        """The network, loaded when it is first asked."""
        return self.choice.open()

    @cached_property
    def _patience(self) -> float:
        return self.choice.patience()

    def check(self, doubt: Check) -> Stage[list[Scores | None] | None]:
        """Return the scores of each place of a pair, None where nothing can be judged.

        Returns:
            None: There is no patience left for this pair.
        """
        clocks = [e.clock for e in doubt.estimates]
        key = self._key("check", doubt.master, doubt.node, json.dumps([clock_record(c) for c in clocks]))
        held = self._cache.text(key)
        if held is None:
            if not self._affords(sum(_check_cost(e) for e in doubt.estimates)):
                return None
            found = []
            for clock in clocks:
                found.append((yield from self._checked(doubt, clock)))
            held = json.dumps(found)
            self._cache.store_text(key, held)
        scores: list[Scores | None] = json.loads(held)
        return scores

    def _checked(self, doubt: Check, clock: Clock) -> Stage[Scores | None]:
        pair = self._recording(doubt.master), self._recording(doubt.node)
        answers = yield from ask(self.net, *pair, clock, CHECK_PLACES, self._token)
        votes = vote(answers, CHECK_REACH_S)
        return None if votes is None else scores_of(votes, 0.0)

    def search(self, clip: Clip, partner: Clip, delays: tuple[float, float]) -> Stage[list[Spot] | None]:
        """Return where a clip's pictures may belong to a partner's sound, strongest first.

        Args:
            clip: Has pictures.
            partner: Has sound.
            delays: Between which partner's start minus clip's start is searched.

        Returns:
            None: There is no patience left for this.
        """
        key = self._key("search", clip, partner, json.dumps(delays))
        held = self._cache.text(key)
        if held is None:
            if not self._affords(_search_cost(clip, partner, delays)):
                return None
            spots = yield from self._searched(clip, partner, delays)
            held = json.dumps([[s.delay, s.precision, s.scores] for s in spots])
            self._cache.store_text(key, held)
        return [Spot(*row) for row in json.loads(held)]

    def _searched(self, clip: Clip, partner: Clip, delays: tuple[float, float]) -> Stage[list[Spot]]:
        seen, heard = self._recording(clip, sound=False), self._recording(partner, pictures=False)
        found = yield from slide(self.net, seen, heard, delays, self._token)
        spots: list[Spot] = []
        for place in found:
            spot = yield from self._spot(seen, heard, place)
            if spot is not None and all(
                abs(spot.delay - other.delay) > SEARCH_REACH_S / 2 for other in spots
            ):
                spots.append(spot)
        return sorted(spots, key=lambda s: -s.scores["evidence"])

    def _spot(self, seen: Recording, heard: Recording, place: Found) -> Stage[Spot | None]:
        clock = Clock.line(place.delay)
        answers = yield from ask(self.net, seen, heard, clock, SEARCH_PLACES, self._token)
        votes = vote(answers, SEARCH_REACH_S)
        if votes is None:
            return None
        return Spot(place.delay + votes.offset, votes.precision, scores_of(votes, votes.offset))

    def place_of(self, partner: Clip, spot: Spot) -> tuple[str, float]:
        """Return (clock, second) at which a spot lets the searched clip start.

        The clock is the partner's group's where sound has tied it to others, else the partner's own.
        """
        placement = self._known.sync_map.by_clip[partner.key]
        if placement.group is None or placement.start is None:
            return partner.key, -spot.delay
        return str(placement.group), placement.start - spot.delay

    def _affords(self, seconds: float) -> bool:
        self._spent += seconds
        return self._spent <= self._patience

    def _key(self, question: str, one: Clip, other: Clip, about: str) -> str:
        return digest(VERSION, SEGMENTS_VERSION, question, self.choice.digest, one.key, other.key, about)

    def _recording(self, clip: Clip, *, pictures: bool = True, sound: bool = True) -> Recording:
        """Return a clip as heads see it, with the sides that are to be used."""
        heard = sound and self._known.heard(clip)
        return recording_of(clip, self.net, self._cache, self._token, pictures=pictures, sound=heard)


def _check_cost(estimate: Estimate) -> float:
    """Return seconds of picture that a check of a place embeds at most."""
    return 2 * min(estimate.overlap, CHECK_PLACES * 5.0)


def _search_cost(clip: Clip, partner: Clip, delays: tuple[float, float]) -> float:
    sound = min(delays[1] - delays[0] + float(clip.duration), float(partner.duration))
    return min(float(clip.duration), 2 * SEARCH_PLACES * 5.0) + _SOUND_COST * sound
