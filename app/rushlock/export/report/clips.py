"""The clips in tables: one per camera, the reason in full and the evidence behind a fold."""

from collections.abc import Sequence

from rushlock.export.report.markup import Markup, joined, tag
from rushlock.export.report.words import (
    STATUS_SIGNS,
    STATUS_WORDS,
    confidence_words,
    drift_words,
    duration_words,
    milliseconds,
    percent,
    start_words,
)
from rushlock.export.table import TableRow
from rushlock.placements.sync_map import Evidence, Placement, Status

_HEADINGS = ("Clip", "Status", "Start", "Source timecode", "Length", "Drift ppm", "Confidence")
_TEXT_COLUMNS = 2
_GROUP = "Group"
_TRUTH = "Off the truth"


def camera_section(camera: str, rows: Sequence[TableRow], *, truth: bool, several_groups: bool) -> Markup:
    """Return a camera's heading and table."""
    length = duration_words(float(sum(row.clip.duration for row in rows)))
    count = f"{len(rows)} clip{'' if len(rows) == 1 else 's'}, {length}"
    return tag(
        "section",
        tag("h3", camera, " ", tag("small", count)),
        clip_table(rows, truth=truth, several_groups=several_groups),
    )


def clip_table(rows: Sequence[TableRow], *, truth: bool, several_groups: bool) -> Markup:
    """Return clips as a table, each with its reason and evidence on a second line."""
    headings = [*_HEADINGS, *([_GROUP] if several_groups else []), *([_TRUTH] if truth else [])]
    kinds = ["name", "status", *["number"] * (len(headings) - _TEXT_COLUMNS)]
    cells = [tag("th", words, scope="col", class_=kind) for words, kind in zip(headings, kinds, strict=True)]
    head = tag("thead", tag("tr", cells))
    bodies = [_clip(row, len(headings), truth=truth, several_groups=several_groups) for row in rows]
    return tag("div", tag("table", head, bodies), class_="wide")


def status_badge(status: Status) -> Markup:
    """Return a status in its colour, with a sign for those who see no colours."""
    return tag("span", f"{STATUS_SIGNS[status]} {STATUS_WORDS[status]}", class_=f"badge {status.value}")


def _clip(row: TableRow, columns: int, *, truth: bool, several_groups: bool) -> Markup:
    placement, clip = row.placement, row.clip
    group = "–" if placement.group is None else str(placement.group + 1)
    cells = [
        tag("td", clip.name, title=str(clip.path), class_="name"),
        tag("td", status_badge(placement.status)),
        tag(
            "td",
            start_words(row),
            class_="number",
            title=None if placement.start is None else f"{placement.start:.6f} s",
        ),
        tag("td", str(clip.timecode or "–"), class_="number"),
        tag("td", duration_words(float(clip.duration)), class_="number"),
        tag("td", drift_words(row), class_="number"),
        tag("td", confidence_words(row), class_="number"),
        *([tag("td", group, class_="number")] if several_groups else []),
        *([tag("td", milliseconds(row.error), class_="number")] if truth else []),
    ]
    why = tag("td", _why(placement), colspan=columns, class_="why")
    return tag("tbody", tag("tr", cells), tag("tr", why))


def _why(placement: Placement) -> Markup:
    """Return the reason, to be unfolded into the evidence where there is any."""
    evidence = placement.evidence
    if not evidence:
        return tag("div", placement.reason)
    count = f"{len(evidence)} piece{'' if len(evidence) == 1 else 's'} of evidence"
    summary = tag("summary", placement.reason, " ", tag("small", count))
    return tag("details", summary, tag("ul", [_item(item) for item in evidence]))


def _item(item: Evidence) -> Markup:
    numbers = percent(item.probability)
    if item.offset is not None:
        numbers += f", {milliseconds(item.residual)} from here"
    thrown = Markup("") if item.used else joined(" ", tag("em", "thrown out: contradicts the rest"))
    return tag("li", f"{item.words} ", tag("small", numbers), thrown, class_=None if item.used else "out")
