"""Votes of networks as chances: what they are worth, and how they are pooled with what sound says.

A vote's raw scores (evidence at the offset, its margin over other offsets, "belongs together") are weighed
into one log-likelihood ratio: how much likelier these answers are where the offset is right than where it is
not. The weights are fitted on generated scenes (``rushlock calibrate --votes NET``), apart for each network,
and kept in ``models/votes.json`` with the figures measured on scenes that were left out. A network that was
never measured gets cautious weights and can place nothing for good; nor can an experimental one alone.

Pooling is log-linear over the places at which a pair may lie and an explicit further one, "does not overlap":
each place's log-probability by sound plus its vote's log-likelihood ratio, made to sum to one.

Sources: log-linear opinion pools after Genest and Zidek 1986; the ratio is a logistic regression without the
prior (Platt 1999).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from rushlock.base.paths import shipped
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.voting import Votes

SCORES = ("evidence", "margin", "belonging")
FILE = "votes.json"

UNMEASURED_MOST = 0.9
"""A network whose votes were never measured makes nothing surer than this."""

EXPERIMENTAL_MOST = 0.8
"""Nor does an experimental one beyond this, however well it did: it was measured on generated scenes only."""

_MOST_CERTAIN = 0.9995
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Reliability:
    """What a network's votes are worth.

    Attributes:
        weights: Of each score in ``SCORES``.
        bias: Added to them.
        low, high: Limits of the scores met in training; none where nothing was measured.
        most: No chance beyond this is given on its votes.
        uses: What its votes were found to help with: "check" candidates, "search" for silent pictures.
    """

    weights: Mapping[str, float]
    bias: float = 0.0
    low: Mapping[str, float] = field(default_factory=dict)
    high: Mapping[str, float] = field(default_factory=dict)
    most: float = UNMEASURED_MOST
    uses: frozenset[str] = frozenset()

    def ratio(self, scores: Mapping[str, float]) -> float:
        """Return the log-likelihood ratio of "right" against "not" that raw scores are worth, nats."""
        total = self.bias
        for name, weight in self.weights.items():
            value = max(scores[name], self.low.get(name, -math.inf))
            total += weight * min(value, self.high.get(name, math.inf))
        return total


UNMEASURED = Reliability({"evidence": 0.4, "margin": 0.1, "belonging": 0.2})


def scores_of(votes: Votes, offset: float) -> dict[str, float]:
    """Return the raw scores that votes give an offset relative to their candidate."""
    evidence = votes.evidence_at(offset)
    return {
        "evidence": evidence,
        "margin": evidence - votes.rival_of(offset),
        "belonging": votes.belonging or 0.0,
    }


def found_chances(
    reliability: Reliability, scores: Sequence[Mapping[str, float]], tried: float
) -> list[float]:
    """Return the chances of different places that a network alone found for one clip.

    Args:
        reliability: The network's.
        scores: Of each place.
        tried: How many places were looked at; each is as likely beforehand, and all together as likely as
            that the clip belongs nowhere.
    """
    odds = [math.exp(reliability.ratio(s)) / max(tried, 1.0) for s in scores]
    total = 1.0 + sum(odds)
    return [min(o / total, reliability.most, _MOST_CERTAIN) for o in odds]


def pooled(
    estimates: Sequence[Estimate], scores: Sequence[Mapping[str, float]], reliability: Reliability
) -> list[Estimate]:
    """Return a pair's estimates by sound with a network's votes on each of them.

    Args:
        estimates: All places at which the pair's sound fits.
        scores: For each of them, what the network says.
        reliability: The network's.
    """
    given = [min(max(e.probability, _LEAST), 1.0) for e in estimates]
    scale = min(1.0, (1 - _LEAST) / sum(given))
    nowhere = 1 - scale * sum(given)
    weights = [scale * p * math.exp(reliability.ratio(s)) for p, s in zip(given, scores, strict=True)]
    total = nowhere + sum(weights)
    return [
        replace(
            e,
            probability=min(w / total, max(reliability.most, e.probability), _MOST_CERTAIN),
            method="sound+picture",
            features={**e.features, **{f"net_{name}": value for name, value in s.items()}},
        )
        for e, w, s in zip(estimates, weights, scores, strict=True)
    ]


def shipped_reliability(name: str, digest: str) -> Reliability:
    """Return what the votes of a network's weights are worth: as measured, else as assumed."""
    return _read(shipped("models") / FILE).get((name, digest), UNMEASURED)


@lru_cache(maxsize=4)
def _read(path: Path) -> Mapping[tuple[str, str], Reliability]:
    if not path.is_file():
        return {}
    nets = json.loads(path.read_text(encoding="utf-8"))["nets"]
    return {(name, told["digest"]): _reliability(told) for name, told in nets.items()}


def _reliability(told: Mapping[str, Mapping[str, float]]) -> Reliability:
    most = float(told["most"])  # type: ignore[arg-type]
    return Reliability(
        weights=told["weights"],
        bias=float(told["bias"]),  # type: ignore[arg-type]
        low=told["low"],
        high=told["high"],
        most=min(most, EXPERIMENTAL_MOST) if told.get("experimental") else most,
        uses=frozenset(told["uses"]),
    )
