"""OpenTimelineIO with the angles as one nested clip.

OTIO has no multicam of its own (its issue 427). NLEs show a stack inside a track as a compound clip or
nested sequence, which Resolve turns into a multicam clip and Premiere enables as one. The stack is built
as the flat form builds it, so the angles lie alike in both.
"""

from collections.abc import Iterator

import opentimelineio as otio

from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_texts
from rushlock.export.otio_file import not_said
from rushlock.export.sequences import sequences
from rushlock.timeline.build import timeline_of
from rushlock.timeline.own_metadata import KEY

_SUFFIX = ".multicam.otio"


def nested(flat: otio.schema.Timeline) -> otio.schema.Timeline:
    """Return a timeline of one track that holds another's tracks as one stack."""
    angles: otio.schema.Stack = flat.tracks.deepcopy()
    angles.metadata[KEY] = {"multicam": [track.name for track in angles if track.kind == _VIDEO]}
    outer = otio.schema.Timeline(
        name=flat.name, global_start_time=flat.global_start_time, metadata=flat.metadata
    )
    outer.tracks.name = flat.tracks.name
    outer.tracks.metadata.update(flat.tracks.metadata)
    outer.tracks.append(otio.schema.Track(name="Multicam", kind=_VIDEO, children=[angles]))
    return outer


def _texts(delivery: Delivery) -> Iterator[tuple[str, str]]:
    for sequence in sequences(delivery):
        flat = timeline_of(sequence.plan, sequence.sync_map, name=sequence.name, muted=sequence.is_muted)
        yield sequence.apart, nested(flat).to_json_string(indent=2) + "\n"


_VIDEO = otio.schema.TrackKind.Video

DIALECT = Dialect(
    name="OpenTimelineIO, nested angles",
    suffix=_SUFFIX,
    readers="DaVinci Resolve 18.5 or later, Premiere Pro 25.6 or later",
    carries="all that OpenTimelineIO carries, the angles inside one clip",
    loses="whether the one clip becomes a multicam is the NLE's doing; drift is not corrected",
    writer=as_texts(_texts, _SUFFIX),
    losses=not_said,
    steps=(
        "Resolve: File > Import > Timeline; the angles arrive as a compound clip.",
        "Right-click it in the Media Pool, Convert Compound Clips (Timelines) to Multicam Clips.",
        "Premiere: File > Import; right-click the nested sequence, Multi-Camera > Enable.",
    ),
)
