"""FCP 7 XML with multiclips: a sequence that shows one multiclip after another, an angle per camera.

Decisions:
    * A multiclip holds one clip an angle, and Premiere takes but the first file of an angle. Cameras start
      and stop, so there is a multiclip for every stretch between two changes (``stretches``); within it each
      angle is one clip that runs from the multiclip's first frame to its last.
    * So every angle is cut to the same length and synchronised by its in-point. The format's other ways, by
      source timecode or a written offset, would take the cameras' own clocks for true, or are understood by
      Final Cut alone.
    * A stretch that one camera saw is an ordinary clip: a multiclip of one angle is nothing to choose from.
    * Angles are pictures. The sound lies beside them: the recorders' tracks, or those of the first camera
      that heard anything. A cut between angles leaves it alone.
    * So many starts and stops that there would be more than ``_MOST`` angles are cut less often.
    * A form of its own (".multiclip.xml") instead of a second sequence in ".xml": readers that know no
      multiclips would find holes or copies there.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.export.fcp7 import sequence as flat
from rushlock.export.fcp7.counting import FALSE, TRUE, frames_of, rate_element
from rushlock.export.fcp7.files import Files
from rushlock.export.fcp7.items import marker_element, track_element
from rushlock.export.fcp7.stretches import Stretch, bounded
from rushlock.export.fcp7.tracks import AUDIO, Tracks, tracks_of
from rushlock.export.markup import Element, carried, document, element
from rushlock.export.sequences import Sequence, sequences
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout, Row
from rushlock.timeline.markers import event_notes
from rushlock.timeline.reading.fcp7 import CAMERA_ATTRIBUTE

_BY_IN_POINT = 1
"""The format's number for angles that are synchronised by their in-points."""

_MOST = 50_000
"""Angles of a sequence, at most: some 40 MB of XML."""


def render(delivery: Delivery) -> bytes:
    """Return the delivery as an xmeml document of multiclips; groups apart are sequences of one project."""
    parts, files, numbers = sequences(delivery), Files(delivery.timeline_rate, delivery.drop), count(1)
    made = [_sequence(part, delivery, files, numbers) for part in parts]
    return document(flat.project(delivery.name, made, parts, files), "xmeml")


def _sequence(part: Sequence, delivery: Delivery, files: Files, numbers: Iterator[int]) -> Element:
    video = [_Multiclips(part, files, numbers).track()]
    heard = _heard(part.plan, delivery, numbers)
    return flat.sequence(part, video, [track_element(track, heard, part, files) for track in heard.audio])


class _Multiclips:
    """Writes the multiclips of one sequence."""

    def __init__(self, part: Sequence, files: Files, numbers: Iterator[int]) -> None:
        self._part = part
        self._plan = part.plan
        self._files = files
        self._numbers = numbers

    def track(self) -> Element:
        """Return ``track`` with a clip item for each stretch."""
        found, _ = bounded(self._plan.rows, self._plan.rate, _MOST)
        items = [self._item(stretch) for stretch in found]
        return element(
            "track", element("name", "Multiclips"), *items, element("enabled", TRUE), element("locked", FALSE)
        )

    def _item(self, stretch: Stretch) -> Element:
        """Return ``clipitem`` of a multiclip, or of the one clip that there is."""
        plan, start, alone = self._plan, stretch.record - self._plan.origin, len(stretch.angles) == 1
        first, after = stretch.shown(stretch.angles[0], plan.rate) if alone else (0, stretch.frames)
        event = stretch.angles[0]
        name = event.file.path.name if alone else str(plan.timecode_at(stretch.record))
        made = element(
            "clipitem",
            element("name", name),
            element("enabled", TRUE),
            element("duration", frames_of(event.source, plan.rate) if alone else stretch.frames),
            rate_element(plan.rate),
            element("start", start),
            element("end", start + stretch.frames),
            element("in", first),
            element("out", after),
            self._files.file(event) if alone else self._multiclip(stretch, name),
            *self._markers(stretch, first),
            id_=f"clipitem-{next(self._numbers)}",
        )
        if alone:
            made.set(CAMERA_ATTRIBUTE, carried(event.clip.camera))
        return made

    def _markers(self, stretch: Stretch, at: int) -> list[Element]:
        """Return what is to be said of the clips that begin with a stretch."""
        begin = [event for event in stretch.angles if event.record == stretch.record]
        return [marker_element(note, at) for event in begin for note in event_notes(event)]

    def _multiclip(self, stretch: Stretch, name: str) -> Element:
        angles = [
            element(
                "angle",
                element("activevideoangle", FALSE if number > 1 else TRUE),
                element("activeaudioangle", FALSE),
                self._clip(event, stretch, number),
            )
            for number, event in enumerate(stretch.angles, start=1)
        ]
        return element(
            "multiclip",
            element("name", f"{self._part.name} {name}"),
            element("collapsed", FALSE),
            element("synctype", _BY_IN_POINT),
            *angles,
            id_=f"multiclip-{next(self._numbers)}",
        )

    def _clip(self, event: Event, stretch: Stretch, number: int) -> Element:
        """Return ``clip`` of an angle: the whole file, with in and out where the stretch begins and ends."""
        rate = self._plan.rate
        first, after = stretch.shown(event, rate)
        made = element(
            "clip",
            element("name", f"{event.clip.camera} {event.file.path.name}"),
            element("duration", frames_of(event.source, rate)),
            rate_element(rate),
            element("in", first),
            element("out", after),
            element("masterclipid", f"masterclip-{self._files.number(event)}"),
            element("ismasterclip", FALSE),
            element("defaultangle", number),
            element("media", element("video", element("track", self._media(event)))),
            id_=f"angle-{next(self._numbers)}",
        )
        made.set(CAMERA_ATTRIBUTE, carried(event.clip.camera))
        return made

    def _media(self, event: Event) -> Element:
        return element(
            "clipitem",
            element("name", event.file.path.name),
            rate_element(self._plan.rate),
            self._files.file(event),
        )


def _heard_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the synced rows of sound alone, or the first camera's that has any."""
    synced = [row for row in rows if row.synced]
    alone = [row for row in synced if not any(event.source.picture for event in row.events)]
    return tuple(alone or [row for row in synced if any(event.source.sound for event in row.events)][:1])


def _heard(plan: Layout, delivery: Delivery, numbers: Iterator[int]) -> Tracks:
    """Return sound tracks without the pictures that they would be linked with."""
    rows = _heard_rows(plan.rows)
    tracks = tracks_of(replace(plan, rows=rows), delivery.policy.channel_names, numbers)
    linked = {
        number: tuple(item for item in items if item.kind == AUDIO) for number, items in tracks.linked.items()
    }
    return Tracks((), tracks.audio, linked)


def _losses(delivery: Delivery) -> tuple[str, ...]:
    said = list(flat.losses_of(delivery))
    unsynced: set[str] = set()
    absent: set[str] = set()
    longest = 0
    for part in sequences(delivery):
        found, shortest = bounded(part.plan.rows, part.plan.rate, _MOST)
        longest = max(longest, shortest)
        shown = {event.clip.key for stretch in found for event in stretch.angles}
        for row in part.plan.rows:
            keys = {event.clip.key for event in row.events if event.source.picture}
            unsynced |= set() if row.synced else keys
            absent |= keys - shown if row.synced else set()
    if unsynced:
        counted = losses.counted(len(unsynced), "clip")
        said.append(f"where {counted} without a place would lie: they are in their cameras' bins")
    if longest:
        seconds = longest // delivery.timeline_rate.timebase
        said.append(
            f"up to {seconds} s at the ends of clips: with every start and stop there would be more than "
            f"{_MOST:,} angles; {losses.counted(len(absent), 'clip')} in no multiclip"
        )
    return tuple(said)


DIALECT = Dialect(
    name="Final Cut Pro 7 XML with multiclips",
    suffix=".multiclip.xml",
    readers="Final Cut Pro 7, Premiere Pro",
    carries="multiclips of all cameras, cut where one starts or stops; source timecode, reel, markers, media",
    loses="clips in one piece, confidence and evidence; drift is not corrected",
    writer=as_text(render),
    losses=_losses,
    steps=(
        "Premiere: File > Import, choose the XML; a sequence arrives that shows one multiclip after another.",
        "Switch the Program Monitor to Multi-Camera and cut between the angles; the sound stays as it is.",
        "Where the whole day on tracks is wanted, take the Final Cut Pro 7 XML without multiclips.",
    ),
)
