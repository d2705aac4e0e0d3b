"""Published pairs of real recordings with known offsets: a folder with a ``manifest.json`` beside the media.

Decision: an offset of the manifest is read as from A's first presented sample to B's, which is Rushlock's
clip time too. The manifest's text says A's own media time, where a first sample may have a timestamp other
than 0 (``start_time_s``); yet in the one pair where that matters (``bbc_timbl``: 23 ms) the number given,
12.25395, is what correlating the decoded samples gives when both files are counted from their first sample.

A spliced file has ``segments``, each of which is judged at its middle.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rushlock.base.clock import PPM, Clock
from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.evaluation.rulers import FRAME, SETTLED
from rushlock.pipeline.request import SyncRequest, SyncResult
from rushlock.pipeline.run import sync
from rushlock.placements.sync_map import Placement

MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True)
class Expected:
    """What is known of one stretch of a pair: at B's clip time ``at``, A's is ``at + lag``; seconds."""

    at: float
    lag: float


@dataclass(frozen=True)
class Pair:
    """Two files with a known offset.

    Attributes:
        item: Which set of the manifest they belong to.
        a: Path of the first file.
        b: Path of the second file.
        expected: One for each stretch between splices.
        tolerance: How exactly the truth is known, seconds.
        drift_ppm: Of B against A; None where unknown.
        together: Whether both heard the same moment, so that sound can tell; else only timecode relates them.
    """

    item: str
    a: Path
    b: Path
    expected: tuple[Expected, ...]
    tolerance: float
    drift_ppm: float | None
    together: bool


class PairVerdict(StrEnum):
    """What became of a pair."""

    EXACT = "within tolerance"
    NEAR = "within a frame"
    WRONG = "wrong"
    REVIEW = "left for review"
    UNPLACED = "not placed"
    APART = "not placed; sound cannot"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PairOutcome:
    """One pair's result. Errors in seconds, the worst over its stretches; None where not placed."""

    item: str
    a: str
    b: str
    verdict: PairVerdict
    error: float | None
    tolerance: float
    drift_error: float | None
    confidence: float
    reason: str


@dataclass(frozen=True)
class PublicReport:
    """All pairs of a folder."""

    outcomes: tuple[PairOutcome, ...]

    @property
    def wrong(self) -> tuple[PairOutcome, ...]:
        """Pairs placed for good by more than a frame off."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict is PairVerdict.WRONG)

    def count(self, verdict: PairVerdict) -> int:
        """Return how many pairs ended so."""
        return sum(outcome.verdict is verdict for outcome in self.outcomes)

    def summary(self) -> str:
        """Return the outcome in one sentence."""
        counts = [(self.count(verdict), str(verdict)) for verdict in PairVerdict]
        told = ", ".join(f"{number} {words}" for number, words in counts if number)
        verdict = "none placed wrongly" if not self.wrong else f"{len(self.wrong)} placed wrongly"
        return f"{len(self.outcomes)} pairs: {told}; {verdict}"

    def as_dict(self) -> dict[str, object]:
        """Return everything, ready for JSON."""
        return {"summary": self.summary(), "pairs": [asdict(outcome) for outcome in self.outcomes]}


def read_pairs(folder: Path) -> list[Pair]:
    """Read the pairs of a folder.

    Raises:
        UsageError: No manifest there, or not one of pairs.
    """
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        return [pair for item in manifest["items"] for pair in _pairs_of(item, folder)]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UsageError(f"{folder / MANIFEST_NAME} is no manifest of pairs: {problem!r}") from problem


def _pairs_of(item: Mapping[str, Any], folder: Path) -> Iterator[Pair]:
    files = {Path(entry["file"]).name: entry for entry in item["files"]}
    for known in item["ground_truth"]["pairs"]:
        a, b = files[known["a"]], files[known["b"]]
        length = min(_seconds(a), _seconds(b))
        offset, drift = known["start_b_minus_start_a"], known.get("drift_ppm")
        yield Pair(
            item=item["id"],
            a=folder / a["file"],
            b=folder / b["file"],
            expected=_stretches(known, offset, (drift or 0.0) * PPM, length),
            tolerance=known["tolerance_s"],
            drift_ppm=drift,
            together=-_seconds(b) < offset < _seconds(a),
        )


def _stretches(known: Mapping[str, Any], offset: float, drift: float, length: float) -> tuple[Expected, ...]:
    if "segments" not in known:
        return (Expected(0.0, offset), Expected(length / 2, offset + drift * length / 2))
    middles = [((s["from_t_b"] + s["to_t_b"]) / 2, s["lag_s"]) for s in known["segments"]]
    return tuple(Expected(at, lag) for at, lag in middles)


def _seconds(entry: Mapping[str, Any]) -> float:
    return float((entry.get("media") or {}).get("duration_s") or 0.0)


def evaluate_pairs(
    folder: Path,
    token: CancelToken,
    settings: Settings | None = None,
    cache: Cache | None = None,
    *,
    whole_items: bool = False,
) -> Stage[PublicReport]:
    """Sync the pairs of a folder, each file as a camera of its own, and compare with what is known.

    Args:
        folder: Holds ``manifest.json``; its files' paths are relative to it.
        token: Checked all along.
        settings: Of the runs; the defaults if not given.
        cache: Where results are kept; the user's own if not given.
        whole_items: Sync all files of an item in one run rather than two by two.
    """
    pairs = read_pairs(folder)
    outcomes: list[PairOutcome] = []
    for batch in _batches(pairs, whole_items):
        files = tuple(dict.fromkeys(path for pair in batch for path in (pair.a, pair.b)))
        cameras = tuple((path.name, path) for path in files)
        request = SyncRequest(files, cameras, settings=settings or Settings())
        result = yield from _quietly(sync(request, token, cache))
        outcomes += [outcome_of(pair, result) for pair in batch]
        yield Progress("Pairs", len(outcomes), len(pairs), batch[-1].item, "pairs")
    return PublicReport(tuple(outcomes))


def _batches(pairs: Sequence[Pair], whole_items: bool) -> list[list[Pair]]:
    if not whole_items:
        return [[pair] for pair in pairs]
    items = dict.fromkeys(pair.item for pair in pairs)
    return [[pair for pair in pairs if pair.item == item] for item in items]


def _quietly(stage: Stage[SyncResult]) -> Stage[SyncResult]:
    """Run a stage without its own progress, so that the pairs' is not drowned."""
    while True:
        try:
            next(stage)
        except StopIteration as end:
            result: SyncResult = end.value
            return result
        yield from ()


def outcome_of(pair: Pair, result: SyncResult) -> PairOutcome:
    """Compare a run's result with what is known of a pair."""
    placements = {clip.path.name: result.sync_map.by_clip.get(clip.key) for clip in result.clips}
    a, b = placements.get(pair.a.name), placements.get(pair.b.name)
    if a is None or b is None:
        words = "; ".join(unreadable.reason for unreadable in result.unreadable)
        return _outcome(pair, PairVerdict.UNREADABLE, None, None, 0.0, words)
    confidence, reason = min((a.confidence, a.reason), (b.confidence, b.reason))
    if a.clock is None or b.clock is None or a.group != b.group:
        verdict = PairVerdict.UNPLACED if pair.together else PairVerdict.APART
        return _outcome(pair, verdict, None, None, confidence, reason)
    error = max((found_error(a.clock, b.clock, known) for known in pair.expected), key=abs)
    drift = None if pair.drift_ppm is None else (b.rate / a.rate - 1) / PPM - pair.drift_ppm
    return _outcome(pair, _verdict(pair, a, b, error), error, drift, confidence, reason)


def found_error(a: Clock, b: Clock, known: Expected) -> float:
    """Return by how many seconds B was placed too late on A's clock."""
    project_time = b.at(known.at)
    piece = a.pieces[0]
    for later in a.pieces[1:]:
        if project_time >= later.start + later.rate * later.since:
            piece = later
    a_time = (project_time - piece.start) / piece.rate
    return a_time - (known.at + known.lag)


def _verdict(pair: Pair, a: Placement, b: Placement, error: float) -> PairVerdict:
    if a.status not in SETTLED or b.status not in SETTLED:
        return PairVerdict.REVIEW
    if abs(error) <= pair.tolerance:
        return PairVerdict.EXACT
    return PairVerdict.NEAR if abs(error) <= FRAME else PairVerdict.WRONG


def _outcome(
    pair: Pair,
    verdict: PairVerdict,
    error: float | None,
    drift: float | None,
    confidence: float,
    reason: str,
) -> PairOutcome:
    return PairOutcome(
        pair.item, pair.a.name, pair.b.name, verdict, error, pair.tolerance, drift, confidence, reason
    )
