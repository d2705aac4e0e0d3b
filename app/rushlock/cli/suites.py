"""What ``rushlock bench`` can measure, each as a stage that ends in rows to print and figures to keep."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings

if TYPE_CHECKING:
    from rushlock.evaluation.public import PairOutcome
    from rushlock.evaluation.score import Score


@dataclass(frozen=True, slots=True)
class Task:
    """What every suite is given: where rushes go, the options of its runs, whether rushes stay on disk."""

    rushes: Path
    settings: Settings
    keep: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What a suite found: rows of (figure, value) for people, and all figures by name."""

    rows: Sequence[tuple[str, str]]
    figures: Mapping[str, Any]


Suite = Callable[[int, Task, CancelToken], Stage[Findings]]


def accuracy_of(name: str) -> Suite:
    """Return a suite that renders, syncs and scores shoots of a scenario."""

    def suite(shoots: int, task: Task, token: CancelToken) -> Stage[Findings]:
        from rushlock.evaluation.bench import accuracy

        seeds = [(name, seed) for seed in range(1, shoots + 1)]
        scores = yield from accuracy(seeds, task.rushes, token, task.settings, keep=task.keep)
        found = scores[name]
        return Findings([*found.table(), *_wrong_clips(found)], found.as_dict())

    return suite


def _wrong_clips(found: "Score") -> Iterator[tuple[str, str]]:
    for clip in found.wrong:
        yield f"wrong: {clip.path}", f"{1000 * (clip.heard_error or 0):+.1f} ms at {clip.confidence:.4f}"


def speed(minutes: int, task: Task, token: CancelToken) -> Stage[Findings]:
    """Measure whole runs on some minutes of material against plain decoding."""
    from rushlock.evaluation.bench import measure_speed

    found = yield from measure_speed(task.rushes, token, float(minutes))
    rows = [
        ("material", f"{found.minutes:.0f} min in {found.clips} clips"),
        (f"decoding alone, by {found.decoder}", f"{found.decode_seconds:.2f} s"),
        (f"first run, {found.cores} cores", f"{found.first_seconds:.2f} s"),
        ("first run against decoding", f"{found.ratio:.2f} x"),
        ("cached run", f"{found.cached_seconds:.2f} s"),
        ("cached run against first", f"{found.cached_ratio:.3f} x"),
        ("peak memory, workers included", f"{found.peak_mib:.0f} MiB"),
    ]
    return Findings(rows, found.as_dict())


def growth(clips: int, task: Task, token: CancelToken) -> Stage[Findings]:
    """Measure how much longer ten times the clips take."""
    from rushlock.evaluation.bench import measure_growth

    found = yield from measure_growth(task.rushes, token, max(clips // 10, 1), clips)
    rows = [
        (f"{found.few} clips", f"{found.few_seconds:.2f} s"),
        (f"{found.many} clips", f"{found.many_seconds:.2f} s"),
        ("growth", f"{found.factor:.2f} x"),
        ("peak memory, workers included", f"{found.many_peak_mib:.0f} MiB"),
    ]
    return Findings(rows, found.as_dict())


def answering(_: int, _task: Task, token: CancelToken) -> Stage[Findings]:
    """Measure how long ``rushlock --help`` takes."""
    from rushlock.evaluation.bench import measure_help

    seconds = yield from measure_help(token)
    return Findings([("rushlock --help", f"{seconds:.3f} s")], {"seconds": seconds})


def lags(pairs: int, task: Task, token: CancelToken) -> Stage[Findings]:
    """Measure a network by Multi-Synchformer's protocol on generated pairs of cameras."""
    from rushlock.evaluation.multi_synchformer import (
        figures_record,
        figures_table,
        generated_pairs,
        measure,
    )
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_net

    named = task.settings.embeddings
    net = open_net("synchformer" if named == "auto" else named, chosen_device(task.settings))
    figures = yield from measure(net, generated_pairs(pairs), token, total=pairs)
    rows = [("network", net.name + (", experimental" if net.experimental else "")), *figures_table(figures)]
    return Findings(rows, {"network": net.name, "digest": net.digest, "methods": figures_record(figures)})


def nets(tries: int, task: Task, token: CancelToken) -> Stage[Findings]:
    """Measure how fast networks compute here, against plain matrix products."""
    from rushlock.evaluation.net_speed import measure_nets
    from rushlock.jobs.devices import chosen_device

    speeds = yield from measure_nets(chosen_device(task.settings), tries, token)
    rows = [row for speed in speeds for row in speed.rows()]
    return Findings(rows, {f"{speed.net}, {speed.where}": speed.as_dict() for speed in speeds})


def public_pairs(folder: Path) -> Suite:
    """Return a suite that syncs the pairs of real recordings of a folder with a manifest."""

    def suite(_: int, task: Task, token: CancelToken) -> Stage[Findings]:
        from rushlock.evaluation.bench import public

        report = yield from public([folder], token, task.settings)
        rows = [(f"{outcome.a} + {outcome.b}", _pair_words(outcome)) for outcome in report.outcomes]
        return Findings([*rows, ("together", report.summary())], report.as_dict())

    return suite


def _pair_words(outcome: "PairOutcome") -> str:
    if outcome.error is None:
        return str(outcome.verdict)
    return f"{outcome.verdict}, {1000 * outcome.error:+.2f} ms at {outcome.confidence:.4f}"
