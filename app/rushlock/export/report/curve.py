"""The reliability curve as SVG: how often clips of a given confidence were right, against the diagonal."""

from collections.abc import Sequence

from rushlock.export.delivery import ReliabilityPoint
from rushlock.export.report.markup import Markup, tag
from rushlock.export.report.words import percent

_SIDE = 260
_MARGIN = 40


def reliability_curve(points: Sequence[ReliabilityPoint]) -> Markup:
    """Return the curve through the bins; the larger a dot, the more clips it stands for."""
    most = max(point.clips for point in points)
    size = _SIDE + 2 * _MARGIN
    line = " ".join(f"{_x(p.confidence)},{_y(p.right)}" for p in sorted(points, key=lambda p: p.confidence))
    return tag(
        "svg",
        tag("rect", x=_MARGIN, y=_MARGIN, width=_SIDE, height=_SIDE, class_="lane"),
        tag("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), class_="honest"),
        tag("polyline", points=line, class_="curve"),
        [_dot(point, most) for point in points],
        [_label(share) for share in (0.0, 0.5, 1.0)],
        tag("text", "confidence given", x=size / 2, y=size - 6, class_="tick"),
        tag("text", "share that was right", x=_MARGIN, y=_MARGIN - 12, class_="axis"),
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_label="Reliability of confidences",
        class_="reliability",
    )


def _dot(point: ReliabilityPoint, most: int) -> Markup:
    words = f"{point.clips} clips at {percent(point.confidence)}: {percent(point.right)} right"
    radius = 2.5 + 4.5 * (point.clips / most) ** 0.5
    return tag(
        "circle",
        tag("title", words),
        cx=_x(point.confidence),
        cy=_y(point.right),
        r=f"{radius:.2f}",
        class_="dot",
    )


def _label(share: float) -> Markup:
    return tag(
        "g",
        tag("text", f"{share:.0%}", x=_x(share), y=_y(0) + 16, class_="tick"),
        tag("text", f"{share:.0%}", x=_MARGIN - 6, y=_y(share) + 4, class_="camera"),
    )


def _x(share: float) -> float:
    return round(_MARGIN + share * _SIDE, 2)


def _y(share: float) -> float:
    return round(_MARGIN + (1 - share) * _SIDE, 2)
