"""A project to files: the timeline, the result for machines, the report.

Everything is taken from the project, not from the run: there the user's decisions lie over what the run
found. Each file appears whole or not at all, and a file that was written stays although a later one fails.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from rushlock.base.paths import shipped
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.export import otio_file, sync_json
from rushlock.export.delivery import Delivery, ReliabilityPoint
from rushlock.export.dialect import Dialect
from rushlock.export.report import page
from rushlock.project.document import Project
from rushlock.timeline.frame_rate import chosen_rate

STAGE = "Writing"
MACHINE_NAME = "sync.json"
REPORT_NAME = "report.html"


def delivery_of(project: Project, settings: Settings, *, name: str = "") -> Delivery:
    """Return what a project hands out under some settings.

    Args:
        project: Its clips, placements and decisions.
        settings: Say the timeline's rate.
        name: Of the timeline; empty: the project's.

    Raises:
        UsageError: The settings' rate is none.
        ProjectError: The project cannot be read.
    """
    clips = project.clips()
    rate, drop = chosen_rate(settings.timeline_rate, clips)
    return Delivery(
        clips=clips,
        unreadable=project.unreadable(),
        sync_map=project.sync_map(),
        name=name or project.name,
        rate=rate,
        drop=drop,
        settings=settings,
        reliability=measured_reliability(),
    )


def measured_reliability() -> tuple[ReliabilityPoint, ...]:
    """Return how far confidences held on shoots left out of the training; empty where that is unknown."""
    content = json.loads((shipped("models") / "calibration.json").read_text(encoding="utf-8"))
    points = content["clips"].get("held_out", {}).get("reliability", ())
    return tuple(ReliabilityPoint(p["confidence"], p["right"], p["cases"]) for p in points)


def exported(
    destination: Path, dialect: Dialect, delivery: Delivery, token: CancelToken
) -> Stage[tuple[Path, ...]]:
    """Write a delivery in a dialect; a report with the pictures that the cache has to show.

    Raises:
        ExportError: It cannot be written.
    """
    if dialect is page.DIALECT:
        delivery = yield from illustrated(delivery, token)
    return (yield from dialect.export(destination, delivery, token))


def illustrated(delivery: Delivery, token: CancelToken) -> Stage[Delivery]:
    """Return a delivery with pictures for its report; what draws them is loaded only here."""
    from rushlock.pipeline.likenesses import with_likenesses

    return (yield from with_likenesses(delivery, token))


def deliver(
    delivery: Delivery, folder: Path, token: CancelToken, further: Sequence[Dialect] = ()
) -> Stage[tuple[tuple[Dialect, tuple[Path, ...]], ...]]:
    """Write ``NAME.otio``, ``sync.json``, ``report.html`` and further dialects into a folder.

    Returns:
        Each dialect with where its files lie.

    Raises:
        ExportError: One of them cannot be written.
    """
    usual = {
        f"{delivery.name}.otio": otio_file.DIALECT,
        MACHINE_NAME: sync_json.DIALECT,
        REPORT_NAME: page.DIALECT,
    }
    besides = {f"{delivery.name}{dialect.suffix}": dialect for dialect in further}
    targets = usual | besides
    written = []
    for done, (name, dialect) in enumerate(targets.items()):
        token.check()
        yield Progress(STAGE, done, len(targets), name, "files")
        paths = yield from exported(folder / name, dialect, delivery, token)
        written.append((dialect, paths))
    yield Progress(STAGE, len(targets), len(targets), unit="files")
    return tuple(written)
