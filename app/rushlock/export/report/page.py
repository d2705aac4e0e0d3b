"""The whole page: what an editor needs first stands first.

Counts, the comparison with a trusted timeline where there is one, what to look at, what was noticed about
cameras, their drift and timecode, the angles, every camera's clips, what was left out and why, files that
could not be read, and with which version and settings it was made.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from importlib import resources
from itertools import groupby

import rushlock
from rushlock.export.comparison import Comparison
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.export.report.angles import angles
from rushlock.export.report.cameras import cameras_table
from rushlock.export.report.clips import camera_section, clip_table, status_badge
from rushlock.export.report.comparing import comparison_section
from rushlock.export.report.curve import reliability_curve
from rushlock.export.report.likenesses import likenesses
from rushlock.export.report.markup import Markup, joined, tag
from rushlock.export.report.words import STATUS_SIGNS, STATUS_WORDS, duration_words, milliseconds
from rushlock.export.table import TableRow, table_rows
from rushlock.placements.sync_map import Status
from rushlock.timeline.layout import layout

_DOUBTFUL = (Status.REVIEW, Status.UNSYNCED)


def render(delivery: Delivery, comparison: Comparison | None = None) -> str:
    """Return the report as one HTML document, with a comparison where one was made."""
    rows = table_rows(delivery)
    style = resources.files("rushlock.export.report").joinpath("style.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{delivery.name}: sync report"),
        tag("style", Markup(style)),
    )
    parts = [
        _header(delivery, rows),
        _tiles(delivery, rows),
        Markup("") if comparison is None else comparison_section(comparison),
        _to_look_at(delivery, rows),
        likenesses(delivery, rows),
        _findings(delivery),
    ]
    parts += [
        cameras_table(rows, delivery.sync_map) if rows else Markup(""),
        _day(delivery),
        _cameras(delivery, rows),
        _left_out(delivery, rows),
        _unreadable(delivery),
        _trust(delivery),
        _made_with(delivery),
    ]
    return "<!doctype html>\n" + tag("html", head, tag("body", tag("main", parts)), lang="en") + "\n"


def _header(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    cameras = len({row.clip.camera for row in rows})
    counting = " drop-frame" if delivery.drop else ""
    words = (
        f"{cameras} camera{'' if cameras == 1 else 's'}, "
        f"{duration_words(float(sum(row.clip.duration for row in rows)))} of material, "
        f"timeline at {delivery.timeline_rate} fps{counting}"
    )
    return tag("header", tag("h1", delivery.name), tag("p", words))


def _tiles(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    """Return the counts; they add up to all clips, and all files found are in one of them."""
    counts = Counter(row.status for row in rows)
    tiles = [_tile(str(len(rows)), "clip" if len(rows) == 1 else "clips", "all")]
    tiles += [
        _tile(str(counts[status]), f"{STATUS_SIGNS[status]} {STATUS_WORDS[status]}", status.value)
        for status in STATUS_WORDS
        if counts[status] or status in (Status.SYNCED, *_DOUBTFUL)
    ]
    if delivery.unreadable:
        tiles.append(_tile(str(len(delivery.unreadable)), "not readable", "unreadable"))
    errors = sorted(abs(row.error) for row in rows if row.error is not None)
    if errors:
        tiles.append(_tile(milliseconds(errors[len(errors) // 2]).lstrip("+"), "median error", "all"))
    return tag("div", tiles, class_="tiles")


def _tile(number: str, words: str, kind: str) -> Markup:
    return tag("div", tag("b", number), tag("span", words), class_=f"tile {kind}")


def _to_look_at(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    doubtful = [row for row in rows if row.status in _DOUBTFUL]
    if not doubtful:
        return tag("p", "Nothing is left to look at.", class_="good") if rows else Markup("")
    doubtful.sort(key=lambda row: (_DOUBTFUL.index(row.status), -row.clip.duration))
    by_reason = Counter((row.status, row.placement.reason) for row in doubtful)
    summary = [
        tag("li", f"{count} × {STATUS_WORDS[status]}: {reason}")
        for (status, reason), count in by_reason.most_common(8)
    ]
    table = clip_table(
        doubtful, truth=delivery.truth is not None, several_groups=delivery.sync_map.groups > 1
    )
    fold = tag("details", tag("summary", "Show these clips"), table)
    return tag("section", tag("h2", "To look at"), tag("ul", summary), fold)


def _findings(delivery: Delivery) -> Markup:
    found = delivery.sync_map.findings
    if not found:
        return Markup("")
    return tag("section", tag("h2", "Noticed about cameras"), tag("ul", [tag("li", f.words) for f in found]))


def _day(delivery: Delivery) -> Markup:
    plan = layout(delivery.clips, delivery.sync_map, delivery.timeline_rate, delivery.drop)
    picture = angles(plan)
    if not picture:
        return Markup("")
    shown = {event.placement.status for row in plan.rows if row.synced for event in row.events}
    legend = [status_badge(status) for status in STATUS_WORDS if status in shown]
    notes = [
        tag("p", f"Group {start.group + 1} stands after the others: nothing ties its clock to theirs.")
        for start in plan.moved_groups
    ]
    return tag("section", tag("h2", "The angles"), tag("p", legend, class_="legend"), picture, notes)


def _cameras(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    order = list(dict.fromkeys(row.clip.camera for row in rows))
    by_camera = groupby(sorted(rows, key=lambda r: order.index(r.clip.camera)), key=lambda r: r.clip.camera)
    truth, several = delivery.truth is not None, delivery.sync_map.groups > 1
    sections = [
        camera_section(c, list(members), truth=truth, several_groups=several) for c, members in by_camera
    ]
    return joined(tag("h2", "Cameras"), sections) if sections else Markup("")


def _left_out(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    """Return the clips that are not on the timeline's clock, each with why."""
    excluded = [clip for clip in delivery.clips if clip.key not in delivery.sync_map.by_clip]
    items = [(clip, "excluded by you") for clip in excluded]
    items += [(row.clip, row.placement.reason) for row in rows if row.record is None]
    if not items:
        return Markup("")
    lines = [tag("li", f"{clip.camera}/{clip.name}: {why}", title=str(clip.path)) for clip, why in items]
    return tag("section", tag("h2", "Left out"), tag("ul", lines))


def _unreadable(delivery: Delivery) -> Markup:
    if not delivery.unreadable:
        return Markup("")
    files = [tag("li", tag("code", str(file.path)), f": {file.reason}") for file in delivery.unreadable]
    return tag("section", tag("h2", "Not readable"), tag("ul", files))


def _trust(delivery: Delivery) -> Markup:
    if not delivery.reliability:
        return Markup("")
    words = (
        "Measured on generated shoots whose truth is known: on the diagonal, a confidence means what it says."
    )
    curve = reliability_curve(delivery.reliability)
    return tag("section", tag("h2", "How far confidences can be trusted"), tag("p", words), curve)


def _made_with(delivery: Delivery) -> Markup:
    settings = [
        (spec.name, getattr(delivery.settings, spec.name), spec.metadata)
        for spec in fields(delivery.settings)
    ]
    items = [
        joined(
            tag("dt", name), tag("dd", f"{value} {about['unit']}".rstrip(), tag("small", f" {about['help']}"))
        )
        for name, value, about in settings
    ]
    return tag(
        "footer", tag("h2", "Made with"), tag("p", f"Rushlock {rushlock.__version__}"), tag("dl", items)
    )


DIALECT = Dialect(
    name="Report",
    suffix=".html",
    readers="web browsers",
    carries="counts, findings, the angles, every clip with reason and evidence, files that could not be read",
    loses="it is for people: no program reads it back",
    writer=as_text(render),
)
write = DIALECT.write
