"""A whole xmeml document: a project with a bin of master clips per camera, and the sequences."""

from collections.abc import Iterator
from collections.abc import Sequence as Many
from itertools import count
from pathlib import Path

from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.export.fcp7.counting import is_countable, rate_element, timecode_element
from rushlock.export.fcp7.files import Files
from rushlock.export.fcp7.items import marker_element, track_element
from rushlock.export.fcp7.tracks import Tracks, tracks_of
from rushlock.export.markup import Element, document, element
from rushlock.export.sequences import Sequence, sequences
from rushlock.timeline.build import picture_size, sample_rate
from rushlock.timeline.events import Event
from rushlock.timeline.markers import group_note

_BITS = 16


def render(delivery: Delivery) -> bytes:
    """Return the delivery as an xmeml document; groups apart are sequences of one project."""
    parts, files, numbers = sequences(delivery), Files(delivery.timeline_rate, delivery.drop), count(1)
    made = [_sequence(part, delivery, files, numbers) for part in parts]  # tells files where they come first
    bins = [_bin(camera, clips) for camera, clips in _by_camera(parts, files)]
    project = element("project", element("name", delivery.name), element("children", *made, *bins))
    return document(element("xmeml", project, version="5"), "xmeml")


def _by_camera(parts: Many[Sequence], files: Files) -> Iterator[tuple[str, list[Element]]]:
    """Yield each camera's master clips."""
    cameras: dict[str, dict[Path, Event]] = {}
    for part in parts:
        for row in part.plan.rows:
            for event in row.events:
                cameras.setdefault(event.clip.camera, {}).setdefault(event.file.path, event)
    for camera, firsts in cameras.items():
        yield camera, [files.master_clip(event) for event in firsts.values()]


def _bin(camera: str, clips: Many[Element]) -> Element:
    return element("bin", element("name", camera), element("children", *clips))


def _sequence(part: Sequence, delivery: Delivery, files: Files, numbers: Iterator[int]) -> Element:
    plan = part.plan
    tracks = tracks_of(plan, delivery.policy.channel_names, numbers)
    markers = [marker_element(group_note(group), group.record - plan.origin) for group in plan.moved_groups]
    return element(
        "sequence",
        element("name", part.name),
        element("duration", plan.end - plan.origin),
        rate_element(plan.rate),
        timecode_element(plan.start),
        element("media", _video(part, tracks, files), _audio(part, tracks, files)),
        *markers,
        id_=f"sequence {part.apart}".strip().replace(" ", "-"),
        explodedTracks="true",
    )


def _video(part: Sequence, tracks: Tracks, files: Files) -> Element:
    width, height = picture_size(part.plan)
    form = element(
        "samplecharacteristics",
        rate_element(part.plan.rate),
        element("width", width),
        element("height", height),
        element("pixelaspectratio", "square"),
    )
    made = [track_element(track, tracks, part, files) for track in tracks.video]
    return element("video", element("format", form), *made)


def _audio(part: Sequence, tracks: Tracks, files: Files) -> Element:
    form = element(
        "samplecharacteristics", element("depth", _BITS), element("samplerate", sample_rate(part.plan))
    )
    made = [track_element(track, tracks, part, files) for track in tracks.audio]
    return element("audio", element("numOutputChannels", 2), element("format", form), *made)


def _losses(delivery: Delivery) -> tuple[str, ...]:
    odd = {
        event.clip.key
        for event in losses.synced_events(delivery)
        if event.source.picture and not is_countable(event.source.rate)
    }
    counted = losses.counted(len(odd), "clip")
    averages = (f"{counted} of no standard rate: FCP 7 XML counts them at the nearest one",) if odd else ()
    return (
        *losses.drift(delivery, "FCP 7 XML"),
        *losses.sub_frame(delivery, "FCP 7 XML"),
        *averages,
        *losses.silence(delivery),
    )


DIALECT = Dialect(
    name="Final Cut Pro 7 XML",
    suffix=".xml",
    readers="Premiere Pro, DaVinci Resolve; Avid by way of helpers",
    carries="tracks by camera, places, mixed rates, source timecode, reel, linked channels, markers, media",
    loses="places finer than a frame, confidence and evidence, multicam; drift is not corrected",
    writer=as_text(render),
    losses=_losses,
    steps=(
        "Premiere: File > Import, choose the XML; a bin for each camera arrives with the sequence.",
        "For a multicam there: select the sequence's clips, Nest, then Multi-Camera > Enable.",
        "Resolve: File > Import > Timeline; leave 'Automatically set project settings' on.",
    ),
)
