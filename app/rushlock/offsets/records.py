"""Candidates and estimates as plain JSON values, for the cache and the document."""

from collections.abc import Sequence
from typing import Any

from rushlock.base.clock import Clock, Piece
from rushlock.offsets.estimate import Candidate, Estimate

Record = dict[str, Any]


def clock_record(clock: Clock) -> list[list[float]]:
    """Return a clock as [[since, start, rate], ...]."""
    return [[p.since, p.start, p.rate] for p in clock.pieces]


def clock_of(record: Sequence[Sequence[float]]) -> Clock:
    """Return the clock of a record."""
    return Clock(tuple(Piece(*row) for row in record))


def candidate_record(candidate: Candidate) -> list[float]:
    """Return a candidate as [offset, score, overlap, chance]."""
    return [candidate.offset, candidate.score, candidate.overlap, candidate.chance]


def candidate_of(record: Sequence[float]) -> Candidate:
    """Return the candidate of a record."""
    return Candidate(*record)


def estimate_record(estimate: Estimate) -> Record:
    """Return an estimate as a JSON object."""
    return {
        "master": estimate.master,
        "node": estimate.node,
        "clock": clock_record(estimate.clock),
        "precision": estimate.precision,
        "drift_error": estimate.drift_error,
        "overlap": estimate.overlap,
        "probability": estimate.probability,
        "method": estimate.method,
        "features": estimate.features,
        "rivals": [candidate_record(r) for r in estimate.rivals],
    }


def estimate_of(record: Record) -> Estimate:
    """Return the estimate of a record."""
    return Estimate(
        **{k: v for k, v in record.items() if k not in ("clock", "rivals")},
        clock=clock_of(record["clock"]),
        rivals=tuple(candidate_of(r) for r in record["rivals"]),
    )
