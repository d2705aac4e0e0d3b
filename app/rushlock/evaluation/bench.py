"""What ``rushlock bench`` measures: accuracy on generated shoots, published pairs, speed, growth, ``--help``.

All are stages. Rushes are rendered into the folder given and kept there, so that a second run of the same
benchmark renders nothing.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.evaluation.measuring import Measured, decode_all, measured
from rushlock.evaluation.plan import ShootPlan
from rushlock.evaluation.public import PairOutcome, PublicReport, evaluate_pairs
from rushlock.evaluation.scenarios import SCENARIOS, growth, speed
from rushlock.evaluation.score import Score, pooled, score
from rushlock.evaluation.shoot import clip_truths, render
from rushlock.evaluation.truth import GENERATOR, TRUTH_NAME, Truth, read_truth
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.run import sync

_SYNC_CODES = (0, 3)
_HELP_RUNS = 5
_MIB = 1 << 20


def accuracy(
    shoots: Sequence[tuple[str, int]],
    folder: Path,
    token: CancelToken,
    settings: Settings | None = None,
    cache: Cache | None = None,
    *,
    keep: bool = True,
) -> Stage[dict[str, Score]]:
    """Render, sync and score generated shoots.

    Args:
        shoots: (scenario, seed) of each.
        folder: Rushes come below it; found there, they are not rendered again.
        token: Checked all along.
        settings: Of the runs; the defaults if not given.
        cache: Where results are kept; the user's own if not given.
        keep: Whether rushes stay on disk.

    Returns:
        By scenario, the pooled score of its shoots.
    """
    scores: dict[str, list[Score]] = {}
    for number, (name, seed) in enumerate(shoots):
        yield Progress("Shoots", number, len(shoots), f"{name} {seed}", "shoots")
        one = yield from _scored(SCENARIOS[name](seed), folder, token, settings, cache)
        scores.setdefault(name, []).append(one)
        if not keep:
            shutil.rmtree(folder / SCENARIOS[name](seed).name)
    return {name: pooled(found) for name, found in scores.items()}


def _scored(
    plan: ShootPlan, folder: Path, token: CancelToken, settings: Settings | None, cache: Cache | None
) -> Stage[Score]:
    place = folder / plan.name
    truth = yield from rushes(plan, place, token)
    request = SyncRequest(camera_folders(plan, place), settings=settings or Settings())
    result = yield from sync(request, token, cache)
    return score(result, truth, place)


def rushes(plan: ShootPlan, folder: Path, token: CancelToken) -> Stage[Truth]:
    """Return the truth about a plan's rushes, which are rendered unless they lie in the folder."""
    if (folder / TRUTH_NAME).is_file():
        truth = read_truth(folder)
        planned = clip_truths(plan, {path: clip.travel for path, clip in truth.clips.items()})
        if (
            truth.generator == GENERATOR
            and truth.clips == planned
            and all((folder / path).is_file() for path in planned)
        ):
            return truth
    shoot = yield from render(plan, folder, token)
    return shoot.truth


def camera_folders(plan: ShootPlan, folder: Path) -> tuple[Path, ...]:
    """Return the folder of each camera."""
    return tuple(folder / camera.name for camera in plan.cameras)


def public(
    folders: Iterable[Path], token: CancelToken, settings: Settings | None = None, cache: Cache | None = None
) -> Stage[PublicReport]:
    """Sync all published pairs of some folders, two by two; see ``evaluation.public``."""
    outcomes: list[PairOutcome] = []
    for folder in folders:
        report = yield from evaluate_pairs(folder, token, settings, cache)
        outcomes += report.outcomes
    return PublicReport(tuple(outcomes))


@dataclass(frozen=True)
class SpeedReport:
    """The whole run against plain decoding of the same files. Times in wall seconds.

    Attributes:
        minutes: Of sound.
        clips: Files.
        cores: That this process may use.
        decode_seconds: Plain decoding, one file after the other.
        decoder: What decoded.
        first_seconds: ``rushlock sync`` with an empty cache.
        cached_seconds: The same once more.
        peak_mib: Most memory of the first run, children included.
    """

    minutes: float
    clips: int
    cores: int
    decode_seconds: float
    decoder: str
    first_seconds: float
    cached_seconds: float
    peak_mib: float

    @property
    def ratio(self) -> float:
        """First run against decoding."""
        return self.first_seconds / self.decode_seconds

    @property
    def cached_ratio(self) -> float:
        """Cached run against the first."""
        return self.cached_seconds / self.first_seconds

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name, ready for JSON."""
        return {**asdict(self), "ratio": self.ratio, "cached_ratio": self.cached_ratio}


def measure_speed(
    folder: Path, token: CancelToken, minutes: float = 120.0, seed: int = 1
) -> Stage[SpeedReport]:
    """Measure a whole first run, a cached one, and decoding, on the same files in the same run."""
    plan = speed(seed, minutes)
    place = folder / f"{plan.name}_{minutes:g}"
    truth = yield from rushes(plan, place, token)
    files = [place / path for path in truth.clips]
    decoding = yield from decode_all(files, token)
    with _own_cache() as environment:
        first = yield from _whole_run(plan, place, environment, token, "First run")
        cached = yield from _whole_run(plan, place, environment, token, "Cached run")
    return SpeedReport(
        minutes=plan.seconds / 60,
        clips=len(files),
        cores=usable_cores(),
        decode_seconds=decoding.seconds,
        decoder=decoding.by,
        first_seconds=first.seconds,
        cached_seconds=cached.seconds,
        peak_mib=first.peak_bytes / _MIB,
    )


@dataclass(frozen=True)
class GrowthReport:
    """How time grows with the number of clips of equal length. Times in wall seconds of whole first runs."""

    few: int
    many: int
    few_seconds: float
    many_seconds: float
    many_peak_mib: float

    @property
    def factor(self) -> float:
        """Time for many against time for few."""
        return self.many_seconds / self.few_seconds

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name, ready for JSON."""
        return {**asdict(self), "factor": self.factor}


def measure_growth(
    folder: Path, token: CancelToken, few: int = 20, many: int = 200, seed: int = 1
) -> Stage[GrowthReport]:
    """Measure whole first runs on few and on many clips of one minute."""
    runs: list[Measured] = []
    for clips in (few, many):
        plan = growth(seed, clips)
        yield from rushes(plan, folder / plan.name, token)
        with _own_cache() as environment:
            run = yield from _whole_run(plan, folder / plan.name, environment, token, f"{clips} clips")
        runs.append(run)
    return GrowthReport(few, many, runs[0].seconds, runs[1].seconds, runs[1].peak_bytes / _MIB)


def measure_help(token: CancelToken) -> Stage[float]:
    """Return the median wall seconds of ``rushlock --help``."""
    seconds = []
    for _ in range(_HELP_RUNS):
        run = yield from measured([sys.executable, "-m", "rushlock", "--help"], {}, token, "Help")
        seconds.append(run.seconds)
    return sorted(seconds)[_HELP_RUNS // 2]


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _whole_run(
    plan: ShootPlan, place: Path, environment: dict[str, str], token: CancelToken, words: str
) -> Stage[Measured]:
    cameras = [str(path) for path in camera_folders(plan, place)]
    with tempfile.TemporaryDirectory(prefix="rushlock-bench-") as out:
        command = [sys.executable, "-m", "rushlock", "sync", *cameras, "-o", out]
        begun = time.perf_counter()
        run = yield from measured(command, environment, token, words, _SYNC_CODES)
        yield Progress(words, 1, 1, f"{time.perf_counter() - begun:.1f} s", "runs")
    return run


@contextmanager
def _own_cache() -> Iterator[dict[str, str]]:
    """Give an environment with an empty cache, and drop the cache afterwards."""
    with tempfile.TemporaryDirectory(prefix="rushlock-bench-") as folder:
        yield {"RUSHLOCK_CACHE": folder}
