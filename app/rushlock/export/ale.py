"""Avid Log Exchange: a row for each file, with where the sync map puts it as Auxiliary TC1.

Sources: the ALE specification in Avid's manuals; samples that Avid wrote. A heading states one rate, so files
of different rates go to logs of their own; sound alone is counted at the timeline's rate, as Avid does.

Decisions:
    * Start, End and Tape are the file's own. What sync found out goes to Auxiliary TC1 alone, by which
      Media Composer groups.
    * Auxiliary TC1 shows the timeline's label in frames of the clip's own rate, by which Avid counts a clip.
      At 23.976 a clip of 25 shows the label of 23.976: labels must agree where clips are to be grouped.
    * Columns that Avid does not know become custom columns of the bin.
    * Lists tell of every clip whatever the policy.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_texts
from rushlock.export.policy import WHOLE, Kept, Scratch
from rushlock.export.reels import tape_name
from rushlock.export.sequences import sequences
from rushlock.media.clip import Clip, MediaFile
from rushlock.placements.sync_map import Placement
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout
from rushlock.timeline.nle_metadata import channels_of
from rushlock.timeline.printable import printable
from rushlock.timeline.source import Source, source_of

_COLUMNS = (
    "Name",
    "Tracks",
    "Start",
    "End",
    "Duration",
    "FPS",
    "Tape",
    "Source File",
    "Source Path",
    "Auxiliary TC1",
    "Camera",
    "Camroll",
    "Soundroll",
    "Scene",
    "Take",
    "Sync Offset",
    "Sync Drift",
    "Sync Status",
    "Sync Confidence",
    "Sync Group",
    "Comments",
)
_PROJECT_FORMATS = {486: "NTSC", 576: "PAL", 720: "720", 1080: "1080"}
_HALF = Fraction(1, 2)
_DROP_TIMEBASE = 30


@dataclass(frozen=True, slots=True)
class _Row:
    """One file of one clip, and where its first frame or sample lies on the timeline."""

    clip: Clip
    file: MediaFile
    source: Source
    rate: FrameRate
    placement: Placement
    auxiliary: Timecode | None


def render(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Yield each log with what tells it apart: its rate, where there is more than one."""
    rows = list(_rows(delivery))
    rates = sorted({row.rate for row in rows}) or [delivery.timeline_rate]
    for rate in rates:
        yield str(rate) if len(rates) > 1 else "", _log(rate, [row for row in rows if row.rate == rate])


def _rows(delivery: Delivery) -> Iterator[_Row]:
    shown = _first_events(delivery)
    for clip in delivery.placed_clips:
        placement = delivery.sync_map.by_clip[clip.key]
        for chapter, file in enumerate(clip.files):
            if not (file.pictures or file.sounds):
                continue
            source = source_of(file)
            rate = source.rate if source.picture else delivery.timeline_rate
            plan_and_event = shown.get((clip.key, chapter))
            label = None if plan_and_event is None else auxiliary_timecode(*plan_and_event, rate)
            yield _Row(clip, file, source, rate, placement, label)


def _first_events(delivery: Delivery) -> dict[tuple[str, int], tuple[Layout, Event]]:
    """Return the first event of every file that has a place, uncut."""
    policy = replace(delivery.policy, handles=WHOLE, scratch=Scratch.KEPT, clips=Kept.ALL)
    found: dict[tuple[str, int], tuple[Layout, Event]] = {}
    for timeline in sequences(replace(delivery, policy=policy)):
        for row in timeline.plan.rows:
            for event in row.events:
                if event.place is not None:
                    found.setdefault((event.clip.key, event.chapter), (timeline.plan, event))
    return found


def auxiliary_timecode(plan: Layout, event: Event, rate: FrameRate) -> Timecode:
    """Return the timeline's label of an event's true place, its frames counted at a clip's rate."""
    place = event.place or Fraction(0)
    position = plan.start.frames - plan.origin + place * plan.rate.fps
    scale = Fraction(rate.timebase, plan.rate.timebase)
    if not plan.drop or rate.timebase % _DROP_TIMEBASE == 0:
        return Timecode(math.floor(position * scale + _HALF), rate, plan.drop).wrapped()
    whole = math.floor(position)
    label = Timecode(whole, plan.rate, plan.drop).label_seconds + (position - whole) / plan.rate.timebase
    return Timecode(math.floor(label * rate.timebase + _HALF), rate).wrapped()


def _log(rate: FrameRate, rows: Iterable[_Row]) -> str:
    listed = list(rows)
    heading = {
        "FIELD_DELIM": "TABS",
        "VIDEO_FORMAT": _project_format(row.file for row in listed),
        "AUDIO_FORMAT": "48khz",
        "FPS": str(rate),
    }
    lines = ["Heading", *(f"{name}\t{value}" for name, value in heading.items()), ""]
    lines += ["Column", "\t".join(_COLUMNS), "", "Data"]
    lines += ["\t".join(map(_cell, _cells(row))) for row in listed]
    return "\r\n".join(lines) + "\r\n"


def _project_format(files: Iterable[MediaFile]) -> str:
    heights = {file.pictures[0].height for file in files if file.pictures}
    return _PROJECT_FORMATS.get(max(heights, default=1080), "CUSTOM")


def _cells(row: _Row) -> list[str]:
    file, source, placement = row.file, row.source, row.placement
    start, frames = _start_and_length(row)
    drop = start.drop
    placed = placement.start is not None
    return [
        file.path.name,
        _tracks(file, source),
        str(start.wrapped()),
        str((start + frames).wrapped()),
        str(Timecode(frames, row.rate, drop)),
        str(row.rate),
        tape_name(file),
        file.path.name,
        str(file.path),
        "" if row.auxiliary is None else str(row.auxiliary),
        row.clip.camera,
        tape_name(file) if source.picture else "",
        "" if source.picture else tape_name(file),
        file.scene,
        file.take,
        f"{placement.start:.6f}" if placement.start is not None else "",
        f"{placement.drift_ppm:.3f} ppm" if placed else "",
        placement.status.value,
        f"{placement.confidence:.4f}",
        "" if placement.group is None else str(placement.group + 1),
        placement.reason,
    ]


def _start_and_length(row: _Row) -> tuple[Timecode, int]:
    """Return a file's first timecode and how many frames it lasts, at the rate of its row."""
    source = row.source
    if source.picture:
        return source.timecode, source.length
    start = row.rate.frame_at(source.rate.seconds_of(source.start), "floor")
    drop = row.auxiliary.drop if row.auxiliary is not None else False
    return Timecode(start, row.rate, drop), max(1, row.rate.frame_at(source.rate.seconds_of(source.length)))


def _tracks(file: MediaFile, source: Source) -> str:
    """Return Avid's word for a file's tracks: "VA1A2"."""
    sound = "".join(f"A{number}" for number in range(1, channels_of(file) + 1)) if source.sound else ""
    return ("V" if source.picture else "") + sound


def _cell(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in printable(text))


def shoot_losses(delivery: Delivery) -> tuple[str, ...]:
    """Return what logs cannot say of this shoot."""
    return (*losses.drift(delivery, "ALE"), *losses.sub_frame(delivery, "ALE"), *_steps(delivery))


def _steps(delivery: Delivery) -> tuple[str, ...]:
    stepping = sum(
        placement.clock is not None and len(placement.clock.pieces) > 1
        for placement in delivery.sync_map.placements
    )
    if not stepping:
        return ()
    clips = losses.counted(stepping, "clip")
    return (f"{clips} whose clock steps: Auxiliary TC1 is right up to the first step",)


DIALECT = Dialect(
    name="ALE",
    suffix=".ale",
    readers="Avid Media Composer, DaVinci Resolve (metadata)",
    carries="a row for each file: tape, timecode, corrected timecode as Auxiliary TC1, confidence, reason",
    loses="the sequence itself, drift, steps of a clip's clock, markers",
    writer=as_texts(render),
    losses=shoot_losses,
    steps=(
        "Media Composer: link the media first (File > Input > Source Browser) and open their bin.",
        "File > Input > Import Media, choose the .ale; under Options > Shot Log take "
        '"Merge events with known master clips". There is one log for each frame rate.',
        "Show the column Auxiliary TC1, select a scene's clips, then Clip > Group Clips > Auxiliary TC1.",
        "DaVinci Resolve: File > Import Metadata To > Media Pool; match by file name and timecode.",
    ),
)
