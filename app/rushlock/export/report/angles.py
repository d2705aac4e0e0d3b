"""The angles as one SVG: a lane per track, a bar per clip in its status's colour, timecode along the top."""

from collections.abc import Iterator

from rushlock.base.timecode import Timecode
from rushlock.export.report.markup import Markup, tag
from rushlock.export.report.words import STATUS_WORDS, percent
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout, Row

_WIDTH = 1200
_NAMES = 150
_LANE = 22
_BAR = 16
_HEAD = 26
_NARROWEST = 2.0
_TICKS = 8
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
_LONGEST_NAME = 20


def angles(plan: Layout) -> Markup:
    """Return the synced rows of a layout as a picture; empty where nothing has a place."""
    rows = [row for row in plan.rows if row.synced]
    if not rows:
        return Markup("")
    end = max(event.end for row in rows for event in row.events)
    scale = (_WIDTH - _NAMES) / max(1, end - plan.origin)
    height = _HEAD + _LANE * len(rows) + 4
    return tag(
        "svg",
        list(_ticks(plan, end, scale, height)),
        [_lane(row, number, plan, scale) for number, row in enumerate(rows)],
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_label="Clips of every camera along the day",
        class_="angles",
    )


def _ticks(plan: Layout, end: int, scale: float, height: int) -> Iterator[Markup]:
    """Yield grid lines with labels at round times of the timeline's count, some eight of them."""
    base = plan.rate.timebase
    wanted = (end - plan.origin) / base / _TICKS
    step = base * next((s for s in _STEPS if s >= wanted), _STEPS[-1] * (int(wanted) // _STEPS[-1] + 1))
    shift = plan.start.frames - plan.origin
    for frame in range(-(-(plan.origin + shift) // step) * step, end + shift + 1, step):
        x = _x(frame - shift, plan, scale)
        label = str(Timecode(frame, plan.rate, plan.drop))[:-3]
        yield tag("line", x1=x, x2=x, y1=_HEAD - 6, y2=height, class_="grid")
        yield tag("text", label, x=x, y=_HEAD - 10, class_="tick")


def _lane(row: Row, number: int, plan: Layout, scale: float) -> Markup:
    top = _HEAD + number * _LANE
    name = row.name if len(row.name) <= _LONGEST_NAME else row.name[: _LONGEST_NAME - 1] + "…"
    return tag(
        "g",
        tag("rect", x=_NAMES, y=top, width=_WIDTH - _NAMES, height=_BAR, class_="lane"),
        tag("text", name, tag("title", row.name), x=_NAMES - 10, y=top + 12, class_="camera"),
        [_bar(event, top, plan, scale) for event in row.events],
    )


def _bar(event: Event, top: int, plan: Layout, scale: float) -> Markup:
    placement = event.placement
    standing = f"{STATUS_WORDS[placement.status]}, {percent(placement.confidence)}"
    words = f"{event.file.path.name}\n{standing}\n{placement.reason}"
    return tag(
        "rect",
        tag("title", words),
        x=_x(event.record, plan, scale),
        y=top,
        width=f"{max(_NARROWEST, event.frames * scale):.2f}",
        height=_BAR,
        rx=2,
        class_=f"bar {placement.status.value}",
    )


def _x(frame: int, plan: Layout, scale: float) -> str:
    return f"{_NAMES + (frame - plan.origin) * scale:.2f}"
