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
from rushlock.export.fcp7.tracks import tracks_of
from rushlock.export.markup import Element, document, element
from rushlock.export.sequences import Sequence, sequences
from rushlock.timeline.build import picture_size, sample_rate
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout
from rushlock.timeline.markers import group_note

_BITS = 16


def render(delivery: Delivery) -> bytes:
    """Return the delivery as an xmeml document; groups apart are sequences of one project."""
    parts, files, numbers = sequences(delivery), Files(delivery.timeline_rate, delivery.drop), count(1)
    made = [_sequence(part, delivery, files, numbers) for part in parts]
    return document(project(delivery.name, made, parts, files), "xmeml")


def project(name: str, made: Many[Element], parts: Many[Sequence], files: Files) -> Element:
    """Return ``xmeml`` with sequences, which tell files where they come first, and a bin per camera."""
    bins = [_bin(camera, clips) for camera, clips in _by_camera(parts, files)]
    inside = element("project", element("name", name), element("children", *made, *bins))
    return element("xmeml", inside, version="5")


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
    tracks = tracks_of(part.plan, delivery.policy.channel_names, numbers)
    video = [track_element(track, tracks, part, files) for track in tracks.video]
    return sequence(part, video, [track_element(track, tracks, part, files) for track in tracks.audio])


def sequence(part: Sequence, video: Many[Element], audio: Many[Element]) -> Element:
    """Return ``sequence`` of some tracks."""
    plan = part.plan
    markers = [marker_element(group_note(group), group.record - plan.origin) for group in plan.moved_groups]
    return element(
        "sequence",
        element("name", part.name),
        element("duration", plan.end - plan.origin),
        rate_element(plan.rate),
        timecode_element(plan.start),
        element(
            "media",
            element("video", element("format", _pictures(plan)), *video),
            element("audio", element("numOutputChannels", 2), element("format", _sound(plan)), *audio),
        ),
        *markers,
        id_=f"sequence {part.apart}".strip().replace(" ", "-"),
        explodedTracks="true",
    )


def _pictures(plan: Layout) -> Element:
    width, height = picture_size(plan)
    return element(
        "samplecharacteristics",
        rate_element(plan.rate),
        element("width", width),
        element("height", height),
        element("pixelaspectratio", "square"),
    )


def _sound(plan: Layout) -> Element:
    return element("samplecharacteristics", element("depth", _BITS), element("samplerate", sample_rate(plan)))


def losses_of(delivery: Delivery) -> tuple[str, ...]:
    """Say what FCP 7 XML cannot say of a shoot, in either form."""
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
        *losses.own_sound(delivery),
    )


DIALECT = Dialect(
    name="Final Cut Pro 7 XML",
    suffix=".xml",
    readers="Premiere Pro, DaVinci Resolve; Avid by way of helpers",
    carries="tracks by camera, places, mixed rates, source timecode, reel, linked channels, markers, media",
    loses="places finer than a frame, confidence and evidence, multicam; drift is not corrected",
    writer=as_text(render),
    losses=losses_of,
    steps=(
        "Premiere: File > Import, choose the XML; a bin for each camera arrives with the sequence.",
        "For a multicam there: select the sequence's clips, Nest, then Multi-Camera > Enable.",
        "Resolve: File > Import > Timeline; leave 'Automatically set project settings' on.",
    ),
)
