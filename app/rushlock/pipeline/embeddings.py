"""The stage in which a network that compares picture with sound votes on what sound alone leaves in doubt.

Sound has placed what it can. What deserves the network is decided by ``doubts``; ``looking`` asks it; here
its votes become estimates. Places that were checked keep their exact offset by sound and get a pooled
chance. A silent picture that was found gets one estimate, against the partner that speaks for it most: where
it is, how far off that may be, and the chance that it belongs there and nowhere else.

Work is bounded by the network's patience; what is left out for it is said in one line.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rushlock.base.clock import Clock
from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.pooling import found_chances, pooled
from rushlock.pipeline.doubts import Check, Known, Search, checks, searches
from rushlock.pipeline.looking import Looker, Spot
from rushlock.pipeline.net_choice import CHECK, SEARCH, Choose, NetChoice, chosen_net

_log = logging.getLogger(__name__)

STAGE = "Comparing picture with sound"
METHOD = "sound+picture"
CELL_S = 0.2
"""Places a network can tell apart: one class."""

SAME_PLACE_S = 0.4
"""Spots nearer than two classes to each other are one place."""

SURE = 0.95
"""A hint that is confirmed with this chance ends the search."""

LEAST = 0.5
"""Finds below this chance tie nothing."""

_DRIFT_PPM = 50.0


@dataclass(frozen=True, slots=True)
class _Find:
    """A spot at a partner, and its chance."""

    partner: Clip
    spot: Spot
    chance: float


def vote_on_doubts(
    known: Known, settings: Settings, cache: Cache, token: CancelToken, choose: Choose = chosen_net
) -> Stage[list[Estimate]]:
    """Return the estimates with a network's votes: some pooled, some new; as they were where none votes.

    Raises:
        ModelMissingError: The settings name a network that is not installed.
        ModelError: Its weights cannot be used.
        UsageError: They name none that there is.
    """
    estimates = list(known.estimates)
    to_check, to_search = list(checks(known)), list(searches(known))
    if settings.embeddings == "auto" and not to_check and not to_search:
        return estimates
    choice = choose(settings)
    if choice is None:
        return estimates
    _log.info("%s", _plan_words(choice, len(to_check), len(to_search)))
    looker = Looker(choice, known, cache, token)
    left_out: list[str] = []
    if SEARCH in choice.uses:
        for done, search in enumerate(to_search):
            yield Progress(STAGE, done, len(to_search), search.clip.name, "silent clips")
            estimates += yield from _guarded(search.clip, _searched(looker, search), left_out)
    if CHECK in choice.uses:
        for done, check in enumerate(to_check):
            yield Progress(STAGE, done, len(to_check), check.node.name, "pairs in doubt")
            told = yield from _guarded(check.node, _checked(looker, check), left_out)
            estimates = _replaced(estimates, check, told)
    if left_out:
        names = ", ".join(dict.fromkeys(left_out))
        _log.warning("Not looked at with %s, which would have taken too long here: %s", choice.name, names)
    return sorted(estimates, key=lambda e: (-e.probability, e.master, e.node, e.offset))


def _plan_words(choice: NetChoice, pairs: int, clips: int) -> str:
    kind = " (experimental)" if choice.experimental else ""
    pairs, clips = (pairs if CHECK in choice.uses else 0), (clips if SEARCH in choice.uses else 0)
    return f"{choice.name}{kind} compares picture with sound: {pairs} pairs in doubt, {clips} silent clips"


def _guarded(clip: Clip, stage: Stage[list[Estimate] | None], left_out: list[str]) -> Stage[list[Estimate]]:
    """Run one look; a file that cannot be read, or patience that is spent, does not stop the others."""
    try:
        found = yield from stage
    except MediaError as error:
        _log.warning("Not compared with the others' sound: %s", error)
        return []
    if found is None:
        left_out.append(clip.name)
    return found or []


def _checked(looker: Looker, check: Check) -> Stage[list[Estimate] | None]:
    """Return the places of a pair with the network's votes."""
    scores = yield from looker.check(check)
    if scores is None:
        return None
    told = [(e, s) for e, s in zip(check.estimates, scores, strict=True) if s is not None]
    if not told:
        return []
    found = pooled([e for e, _ in told], [s for _, s in told], looker.choice.reliability)
    return [_marked(e, looker.choice) for e in found]


def _replaced(estimates: list[Estimate], check: Check, told: Sequence[Estimate]) -> list[Estimate]:
    places = {(e.master, e.node, e.offset): e for e in told}
    return [places.get((e.master, e.node, e.offset), e) for e in estimates]


def _searched(looker: Looker, search: Search) -> Stage[list[Estimate] | None]:
    """Return the one estimate of a silent clip, none where it is found nowhere.

    Where wall clocks point is looked at first; if it is not convincing there, everywhere.
    """
    hinted = [
        (partner, (hint.delay - hint.reach, hint.delay + hint.reach))
        for partner, hint in search.partners
        if hint is not None
    ]
    finds = yield from _finds(looker, search.clip, hinted)
    best = _best(finds or [])
    if best is None or best.chance < SURE:
        everywhere = [
            (partner, (-float(partner.duration), float(search.clip.duration)))
            for partner, _ in search.partners
        ]
        further = yield from _finds(looker, search.clip, everywhere)
        if finds is None and further is None:
            return None
        finds = [*(finds or []), *(further or [])]
    return _estimates(looker, search.clip, finds or [])


def _finds(
    looker: Looker, clip: Clip, asked: Sequence[tuple[Clip, tuple[float, float]]]
) -> Stage[list[_Find] | None]:
    """Return what searches found; None where no patience was left for any of them."""
    tried = 0.0
    spots: list[tuple[Clip, Spot]] = []
    answered = not asked
    for partner, delays in asked:
        found = yield from looker.search(clip, partner, delays)
        if found is not None:
            answered = True
            tried += (delays[1] - delays[0]) / CELL_S
            spots += [(partner, spot) for spot in found]
    if not answered:
        return None
    heads = _one_each(looker, spots)
    chances = found_chances(looker.choice.reliability, [s.scores for _, s in heads], tried)
    return [_Find(p, s, chance) for (p, s), chance in zip(heads, chances, strict=True)]


def _one_each(looker: Looker, spots: Sequence[tuple[Clip, Spot]]) -> list[tuple[Clip, Spot]]:
    """Return the strongest spot of each place: partners that sound ties together tell of the same one."""
    heads: list[tuple[Clip, Spot]] = []
    for partner, spot in sorted(spots, key=lambda found: -found[1].scores["evidence"]):
        place = looker.place_of(partner, spot)
        others = [looker.place_of(*head) for head in heads]
        if all(place[0] != o[0] or abs(place[1] - o[1]) > SAME_PLACE_S for o in others):
            heads.append((partner, spot))
    return heads


def _best(finds: Sequence[_Find]) -> _Find | None:
    return max(finds, key=lambda f: f.chance, default=None)


def _estimates(looker: Looker, clip: Clip, finds: Sequence[_Find]) -> list[Estimate]:
    best = _best(finds)
    if best is None or best.chance < LEAST:
        return []
    partner, spot = best.partner, best.spot
    rivals = [f.spot for f in finds if f.partner is partner and abs(f.spot.delay - spot.delay) > CELL_S]
    longer_first = sorted((clip, partner), key=lambda c: (-c.duration, c.key))
    sign = 1.0 if longer_first[0] is clip else -1.0
    overlap = _overlap(clip, partner, spot.delay)
    estimate = Estimate(
        master=longer_first[0].key,
        node=longer_first[1].key,
        clock=Clock.line(sign * spot.delay),
        precision=spot.precision,
        drift_error=_DRIFT_PPM,
        overlap=overlap,
        probability=best.chance,
        method=METHOD,
        features={
            "net_master_seen": float(longer_first[0] is clip),
            **{f"net_{name}": value for name, value in spot.scores.items()},
        },
        rivals=tuple(
            Candidate(sign * r.delay, r.scores["evidence"], _overlap(clip, partner, r.delay)) for r in rivals
        ),
    )
    return [_marked(estimate, looker.choice)]


def _overlap(clip: Clip, partner: Clip, delay: float) -> float:
    end = min(float(clip.duration), delay + float(partner.duration))
    return max(end - max(delay, 0.0), 0.0)


def _marked(estimate: Estimate, choice: NetChoice) -> Estimate:
    if not choice.experimental:
        return estimate
    return replace(estimate, features={**estimate.features, "net_experimental": 1.0})
