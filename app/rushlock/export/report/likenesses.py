"""Heatmaps as figures: the clip across, the one that tells most of it down, their place dashed."""

import base64
from collections.abc import Sequence

from rushlock.export.delivery import Delivery
from rushlock.export.likeness import Likeness
from rushlock.export.report.clips import status_badge
from rushlock.export.report.markup import Markup, joined, tag
from rushlock.export.table import TableRow


def likenesses(delivery: Delivery, rows: Sequence[TableRow]) -> Markup:
    """Return the section; empty where there are no pictures."""
    if not delivery.likenesses:
        return Markup("")
    by_key = {row.clip.key: row for row in rows}
    figures = [_figure(likeness, by_key) for likeness in delivery.likenesses if likeness.clip in by_key]
    note = tag(
        "p",
        "Each picture: the clip from left to right, the one that tells most of its place from top to bottom; "
        "the brighter, the more alike. A true place is a bright diagonal; dashes: where the two are laid.",
        class_="note",
    )
    return tag("section", tag("h2", "Likeness"), note, tag("div", figures, class_="likenesses"))


def _figure(likeness: Likeness, by_key: dict[str, TableRow]) -> Markup:
    row, other = by_key[likeness.clip], by_key.get(likeness.other)
    name = other.clip.name if other is not None else "another clip"
    beside = tag("span", f"{name}, by {likeness.kind}")
    picture = Markup("data:image/png;base64," + base64.b64encode(likeness.png).decode("ascii"))
    caption = joined(tag("b", row.clip.name), beside, status_badge(row.status))
    return tag("figure", _image(picture, f"{row.clip.name} against {name}"), tag("figcaption", caption))


def _image(source: Markup, words: str) -> Markup:
    element = tag("img", src=source, alt=words)
    return Markup(element.removesuffix("</img>"))
