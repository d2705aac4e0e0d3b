"""OpenTimelineIO, the native format of Resolve and Premiere."""

from collections.abc import Iterator

from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_texts
from rushlock.export.sequences import sequences
from rushlock.timeline.build import timeline_of


def render(delivery: Delivery) -> str:
    """Return the (first) timeline as OTIO's JSON."""
    return next(_texts(delivery))[1]


def _texts(delivery: Delivery) -> Iterator[tuple[str, str]]:
    for sequence in sequences(delivery):
        built = timeline_of(sequence.plan, sequence.sync_map, name=sequence.name, muted=sequence.is_muted)
        yield sequence.apart, built.to_json_string(indent=2) + "\n"


def not_said(delivery: Delivery) -> tuple[str, ...]:
    """Return what OTIO keeps only as metadata that no NLE reads."""
    return (
        *losses.drift(delivery, "OTIO as NLEs read it"),
        *losses.sub_frame(delivery, "an OTIO track"),
        *losses.silence(delivery),
        *losses.own_sound(delivery),
    )


DIALECT = Dialect(
    name="OpenTimelineIO",
    suffix=".otio",
    readers="DaVinci Resolve 18.5 or later, Premiere Pro 25.6 or later",
    carries="a track per camera, places, source timecode, media, markers, confidence and evidence",
    loses="what is finer than a timeline frame is kept as metadata that NLEs ignore; drift is not corrected",
    writer=as_texts(_texts),
    losses=not_said,
    steps=(
        "Resolve: File > Import > Timeline, and show the folder of the media if asked.",
        "For a multicam there: right-click the timeline in the Media Pool, "
        "Convert Compound Clips (Timelines) to Multicam Clips.",
        "Premiere: File > Import; then select the sequence's clips and Nest, and Multi-Camera > Enable.",
    ),
)
write = DIALECT.write
