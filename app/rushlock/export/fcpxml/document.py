"""A whole FCPXML document: an event with multicam clips, synchronised clips, what has no place, projects."""

from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.export.fcpxml.clips import ClipWriter
from rushlock.export.fcpxml.multicam import angles_of, mc_clip, multicam, project
from rushlock.export.fcpxml.resources import Resources
from rushlock.export.fcpxml.sync_clips import sync_clips
from rushlock.export.fcpxml.times import source_frame_rate
from rushlock.export.markup import Element, document, element
from rushlock.export.sequences import sequences


def render(delivery: Delivery) -> bytes:
    """Return the delivery as an FCPXML document of the version that the policy says."""
    resources = Resources(delivery.policy.fcpxml)
    inside: list[Element] = []
    for sequence in sequences(delivery):
        inside += _items(ClipWriter(sequence, delivery.policy.channel_names, resources))
    event = element("event", *inside, name=delivery.name)
    root = element(
        "fcpxml",
        element("resources", *resources.elements),
        element("library", event),
        version=delivery.policy.fcpxml.value,
    )
    return document(root, "fcpxml")


def _items(writer: ClipWriter) -> list[Element]:
    plan = writer.sequence.plan
    unsynced = [event for row in plan.rows if not row.synced for event in row.events]
    items: list[Element] = []
    if angles_of(plan):
        media = multicam(writer)
        items = [mc_clip(writer, media, in_spine=False), *sync_clips(writer), project(writer, media)]
    return [*items, *(writer.asset_clip(event, None) for event in unsynced)]


def _losses(delivery: Delivery) -> tuple[str, ...]:
    odd = {
        event.clip.key
        for event in losses.synced_events(delivery)
        if event.source.picture
        and event.source.rate != delivery.timeline_rate
        and source_frame_rate(event.source.rate) is None
    }
    counted = losses.counted(len(odd), "clip")
    unnamed = f"{counted} of a rate that FCPXML has no name for: Final Cut conforms as it likes"
    return (
        *losses.drift(delivery, "FCPXML in a multicam"),
        *losses.sub_frame(delivery, "an FCPXML multicam"),
        *((unnamed,) if odd else ()),
        *losses.silence(delivery),
        *losses.own_sound(delivery),
    )


DIALECT = Dialect(
    name="Final Cut Pro XML",
    suffix=".fcpxml",
    readers="Final Cut Pro 10.6.6 or later (older: choose version 1.8), DaVinci Resolve",
    carries="a multicam clip with an angle per camera, synchronised clips, source timecode, roles, markers",
    loses="confidence and evidence but for the markers' words; drift is not corrected",
    writer=as_text(render),
    losses=_losses,
    steps=(
        "Final Cut Pro: File > Import > XML; an event arrives with a multicam clip and a project.",
        "Open the multicam in the Angle Viewer; 'Synchronized' clips are beside it in the event.",
        "Resolve: File > Import > Timeline; where tracks are wanted, OpenTimelineIO is the better way.",
    ),
)
