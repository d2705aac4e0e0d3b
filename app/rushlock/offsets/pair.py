"""One pair at sample level: candidates in, estimates out. Runs in worker processes.

Each place at which the pair's sound fits becomes an estimate of its own. How likely each is shows only among
all pairs (``judge``); the placement stage decides among them with what other clips say.
"""

from dataclasses import dataclass, replace

from rushlock.base.clock import PPM, Clock
from rushlock.cache.store import Cache
from rushlock.features.channels import Mix
from rushlock.features.excerpt import Excerpt, Excerpts
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.fine import FineResult, Fit, refine
from rushlock.offsets.judge import scores_of

SAME_PLACE_S = 0.02
"""Fits of several candidates nearer than this to each other found the same place."""

MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip and how it is heard."""

    clip: Clip
    mix: Mix


@dataclass(frozen=True, slots=True)
class PairJob:
    """A pair to look at closely. ``path`` names the job in errors."""

    path: str
    master: Heard
    node: Heard
    candidates: tuple[Candidate, ...]
    max_ppm: float
    cache: Cache
    key: str


_excerpts = Excerpts()  # one for each worker process: files stay open from job to job


def refine_pair(job: PairJob) -> tuple[Estimate, ...]:
    """Return the estimates of a pair, best first; empty where nothing could be compared."""

    def read(heard: Heard, start: float, seconds: float) -> Excerpt:
        return _excerpts.read(heard.clip, heard.mix, start, seconds)

    result = refine(
        lambda start, seconds: read(job.master, start, seconds),
        lambda start, seconds: read(job.node, start, seconds),
        (float(job.master.clip.duration), float(job.node.clip.duration)),
        job.candidates,
        job.max_ppm,
    )
    return () if result is None else measured(job.master.clip.key, job.node.clip.key, result)


def measured(master: str, node: str, result: FineResult) -> tuple[Estimate, ...]:
    """Return an estimate for each separate place that a pair's fits found, not yet judged."""
    places = separate_places(result)
    estimates = []
    for number, fit in enumerate(places):
        line = fit.line
        clock = result.clock if number == 0 else Clock.line(line.offset, 1 + line.drift_ppm * PPM)
        estimates.append(
            Estimate(
                master=master,
                node=node,
                clock=clock,
                precision=max(line.error, 2e-5),
                drift_error=line.drift_error,
                overlap=fit.candidate.overlap,
                probability=0.0,
                features=scores_of(fit, [other for other in places if other is not fit]),
            )
        )
    rivals = tuple(Candidate(f.line.offset, f.rank, f.candidate.overlap) for f in places)
    return tuple(replace(e, rivals=rivals[:n] + rivals[n + 1 :]) for n, e in enumerate(estimates))


def separate_places(result: FineResult) -> list[Fit]:
    """Return the fits that found different places, best first; pieces of one stepping clock are one place."""
    places: list[Fit] = []
    for fit in result.fits:
        delta = fit.line.delta(fit.line.middle)
        of_clock = any(
            abs(p.start + (p.rate - 1) * fit.line.middle - delta) < SAME_PLACE_S for p in result.clock.pieces
        )
        if places and of_clock:
            continue
        if all(abs(delta - p.line.delta(fit.line.middle)) > SAME_PLACE_S for p in places):
            places.append(fit)
    return places[:MOST_PLACES]
