"""What is true of a whole camera: how many of its clips have a place, its drift, its timecode's error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from rushlock.export.report.markup import Markup, tag
from rushlock.export.report.words import milliseconds
from rushlock.export.table import TableRow
from rushlock.placements.own_sound import camera_words
from rushlock.placements.sync_map import SyncMap

_HEADINGS = ("Camera", "Clips", "With a place", "Drift ppm", "Timecode off by", "Spread", "Own sound")
_DASH = "–"


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """A camera's figures over its placed clips.

    Attributes:
        name: Of the camera.
        clips: How many it has.
        placed: How many have a place.
        drift_ppm: Median drift; None where nothing is placed.
        timecode: Median of source timecode less place on the shoot's clock, seconds; positive: the
            camera's timecode is ahead. None where no clip has both, or the clock is no time of day.
        spread: From the smallest to the largest of these.
        own_sound: Whether its own sound is in step with its picture, in words; empty where nobody looked.
    """

    name: str
    clips: int
    placed: int
    drift_ppm: float | None
    timecode: float | None
    spread: float
    own_sound: str = ""


def camera_figures(rows: Sequence[TableRow], sync_map: SyncMap) -> tuple[CameraFigures, ...]:
    """Return the figures of each camera, in the order of their first clips."""
    order = list(dict.fromkeys(row.clip.camera for row in rows))
    sorted_rows = sorted(rows, key=lambda row: order.index(row.clip.camera))
    return tuple(
        _figures(name, list(members), sync_map)
        for name, members in groupby(sorted_rows, key=lambda row: row.clip.camera)
    )


def _figures(name: str, rows: Sequence[TableRow], sync_map: SyncMap) -> CameraFigures:
    placed = [row for row in rows if row.record is not None]
    errors = list(_timecode_errors(placed, sync_map))
    told = [told for row in rows if (told := row.placement.own_sound) is not None]
    return CameraFigures(
        name,
        len(rows),
        len(placed),
        median(row.placement.drift_ppm for row in placed) if placed else None,
        median(errors) if errors else None,
        max(errors) - min(errors) if errors else 0.0,
        camera_words(told) if told else "",
    )


def _timecode_errors(rows: Sequence[TableRow], sync_map: SyncMap) -> Iterator[float]:
    for row in rows:
        group, start, own = row.placement.group or 0, row.placement.start, row.clip.day_seconds
        is_day = group < len(sync_map.time_of_day) and sync_map.time_of_day[group]
        if is_day and start is not None and own is not None:
            yield float(own) - start


def cameras_table(rows: Sequence[TableRow], sync_map: SyncMap) -> Markup:
    """Return the figures of all cameras as a table."""
    kinds = ["name", *["number"] * (len(_HEADINGS) - 1)]
    head = [tag("th", words, scope="col", class_=kind) for words, kind in zip(_HEADINGS, kinds, strict=True)]
    body = [_row(figures) for figures in camera_figures(rows, sync_map)]
    note = tag(
        "p",
        "Timecode: how far a camera's own is ahead (+) of the shoot's clock, the median over its clips, and "
        "how far its clips differ in that. It is never altered. Own sound: whether the camera's sound is in "
        "step with its picture; sound needs 2.9 ms for each metre, which is no fault.",
        class_="note",
    )
    table = tag("table", tag("thead", tag("tr", head)), tag("tbody", body))
    return tag("section", tag("h2", "Drift and timecode"), tag("div", table, class_="wide"), note)


def _row(figures: CameraFigures) -> Markup:
    known = figures.timecode is not None
    cells = (
        str(figures.clips),
        str(figures.placed),
        _DASH if figures.drift_ppm is None else f"{figures.drift_ppm:+.1f}",
        milliseconds(figures.timecode),
        milliseconds(figures.spread).lstrip("+") if known else _DASH,
        figures.own_sound or _DASH,
    )
    return tag(
        "tr", tag("td", figures.name, class_="name"), [tag("td", cell, class_="number") for cell in cells]
    )
