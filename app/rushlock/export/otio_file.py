"""OpenTimelineIO, the native format of Resolve and Premiere."""

from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.timeline.build import timeline


def render(delivery: Delivery) -> str:
    """Return the sync map as OTIO's JSON."""
    built = timeline(
        delivery.clips, delivery.sync_map, name=delivery.name, rate=delivery.rate, drop=delivery.drop
    )
    text: str = built.to_json_string(indent=2)
    return text + "\n"


DIALECT = Dialect(
    name="OpenTimelineIO",
    suffix=".otio",
    readers="DaVinci Resolve 18.5 or later, Premiere Pro 25.6 or later",
    carries="a track per camera, places, source timecode, media, markers, confidence and evidence",
    loses="what is finer than a timeline frame is kept as metadata that NLEs ignore; drift is not corrected",
    writer=as_text(render),
)
write = DIALECT.write
