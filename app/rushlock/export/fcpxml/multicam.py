"""A sequence as a multicam: an angle per row, and the clip that shows it."""

from fractions import Fraction

from rushlock.export.fcpxml.clips import ClipWriter
from rushlock.export.fcpxml.times import tc_format, time
from rushlock.export.markup import Element, element
from rushlock.timeline.build import picture_size, sample_rate
from rushlock.timeline.layout import Layout, Row
from rushlock.timeline.markers import group_note

_SAMPLE_RATES = {32000: "32k", 44100: "44.1k", 48000: "48k", 88200: "88.2k", 96000: "96k", 192000: "192k"}


def multicam(writer: ClipWriter) -> str:
    """Add ``media`` with the angles to the resources and return its identifier."""
    plan, resources = writer.sequence.plan, writer.resources
    form = resources.format(plan.rate, *picture_size(plan))
    angles = [_angle(row, identifier, writer) for identifier, row in angles_of(plan)]
    inner = element(
        "multicam",
        *angles,
        format=form,
        tcStart=time(plan.start.seconds),
        tcFormat=tc_format(plan.start),
    )
    return resources.add(element("media", inner, id=resources.next_id(), name=writer.sequence.name))


def angles_of(plan: Layout) -> list[tuple[str, Row]]:
    """Return the rows that are angles, with their identifiers."""
    rows = [row for row in plan.rows if row.synced and row.events]
    return [(f"angle-{number}", row) for number, row in enumerate(rows, start=1)]


def length(plan: Layout) -> Fraction:
    """Return how many seconds the angles last."""
    end = max((row.events[-1].end for _, row in angles_of(plan)), default=plan.origin)
    return plan.seconds_at(end)


def _angle(row: Row, identifier: str, writer: ClipWriter) -> Element:
    plan = writer.sequence.plan
    start, at, items = plan.start.seconds, plan.origin, []
    for event in row.events:
        if event.record > at:
            items.append(_gap(start + plan.seconds_at(at), plan.rate.seconds_of(event.record - at)))
        items.append(writer.asset_clip(event, start + plan.seconds_at(event.record)))
        at = event.end
    return element("mc-angle", *items, name=row.name, angleID=identifier)


def _gap(offset: Fraction, duration: Fraction) -> Element:
    return element("gap", name="Gap", offset=time(offset), start="0s", duration=time(duration))


def mc_clip(writer: ClipWriter, media: str, *, in_spine: bool) -> Element:
    """Return ``mc-clip``, which shows the first picture and plays the first recorder."""
    plan = writer.sequence.plan
    start = time(plan.start.seconds)
    sources = _sources(angles_of(plan)) if in_spine else []
    return element(
        "mc-clip",
        *sources,
        *_group_markers(plan),
        ref=media,
        offset=start if in_spine else None,
        name=writer.sequence.name,
        start=start,
        duration=time(length(plan)),
    )


def _sources(angles: list[tuple[str, Row]]) -> list[Element]:
    seen = [identifier for identifier, row in angles if any(e.source.picture for e in row.events)]
    alone = [identifier for identifier, row in angles if not any(e.source.picture for e in row.events)]
    heard = alone or [identifier for identifier, row in angles if any(e.source.sound for e in row.events)]
    if seen[:1] == heard[:1]:
        return [element("mc-source", angleID=identifier, srcEnable="all") for identifier in seen[:1]]
    return [
        *(element("mc-source", angleID=identifier, srcEnable="video") for identifier in seen[:1]),
        *(element("mc-source", angleID=identifier, srcEnable="audio") for identifier in heard[:1]),
    ]


def _group_markers(plan: Layout) -> list[Element]:
    notes = [(group_note(group), plan.timecode_at(group.record)) for group in plan.moved_groups]
    one = time(plan.rate.frame_seconds)
    return [
        element("marker", start=time(at.seconds), duration=one, value=note.name, note=note.words)
        for note, at in notes
    ]


def project(writer: ClipWriter, media: str) -> Element:
    """Return ``project`` whose sequence is the one multicam clip."""
    plan = writer.sequence.plan
    sequence = element(
        "sequence",
        element("spine", mc_clip(writer, media, in_spine=True)),
        format=writer.resources.format(plan.rate, *picture_size(plan)),
        duration=time(length(plan)),
        tcStart=time(plan.start.seconds),
        tcFormat=tc_format(plan.start),
        audioLayout="stereo",
        audioRate=_SAMPLE_RATES.get(sample_rate(plan)),
    )
    return element("project", sequence, name=writer.sequence.name)
