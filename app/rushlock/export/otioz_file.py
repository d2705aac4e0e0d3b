"""OpenTimelineIO with its media in one archive (``.otioz``).

The archive's layout is OTIO's: ``content.otio``, ``version.txt`` and the media below ``media/``, stored
uncompressed (video does not shrink). OTIO's own writer refuses two files of one name, which cameras that
start counting at 1 on every card produce daily, and one missing file; here the second namesake goes into a
folder of its own with its name unchanged, and a file that is not there becomes a missing reference.

Media are whole files: a shooting day weighs terabytes. Copying runs in bounded memory and can be stopped.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import opentimelineio as otio

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.export.atomic import being_written
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import STAGE, Dialect, beside
from rushlock.export.losses import counted
from rushlock.export.otio_file import not_said
from rushlock.export.sequences import Sequence, sequences
from rushlock.timeline.build import timeline_of
from rushlock.timeline.printable import printable
from rushlock.timeline.uri import quoted, uri_of

_VERSION = "1.0.0"
_PIECE = 1 << 22
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows: the archive's bytes depend on its content alone
_GIB = 1 << 30


def _write(destination: Path, delivery: Delivery, token: CancelToken) -> Stage[tuple[Path, ...]]:
    written = []
    for sequence in sequences(delivery):
        path = beside(destination, sequence.apart)
        with being_written(path) as part:
            yield from _archive(part, sequence, token)
        written.append(path)
    return tuple(written)


def _archive(part: Path, sequence: Sequence, token: CancelToken) -> Stage[None]:
    places = media_places(sequence)
    built = timeline_of(sequence.plan, sequence.sync_map, name=sequence.name, muted=sequence.is_muted)
    for clip in built.find_clips():
        _point_into(clip, {uri_of(path): place for path, place in places.items()})
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry("version.txt"), _VERSION)
        archive.writestr(_entry("content.otio"), built.to_json_string(indent=2))
        for done, (path, place) in enumerate(places.items()):
            yield Progress(STAGE, done, len(places), path.name, "files")
            with path.open("rb") as source, archive.open(_entry(place), "w", force_zip64=True) as target:
                yield from _copied(
                    source, target, Progress(STAGE, done, len(places), path.name, "files"), token
                )


def _copied(source: IO[bytes], target: IO[bytes], step: Progress, token: CancelToken) -> Stage[None]:
    while piece := source.read(_PIECE):
        token.check()
        target.write(piece)
        yield step


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    return entry


def media_places(sequence: Sequence) -> dict[Path, str]:
    """Return where each file that is there goes in the archive; namesakes into folders 2, 3 and so on."""
    taken: set[str] = set()
    places: dict[Path, str] = {}
    for path in _paths(sequence):
        if path in places or not _is_there(path):
            continue
        name = printable(path.name)
        place, number = f"media/{name}", 2
        while place.casefold() in taken:
            place = f"media/{number}/{name}"
            number += 1
        taken.add(place.casefold())
        places[path] = place
    return places


def _paths(sequence: Sequence) -> Iterator[Path]:
    return (event.file.path for row in sequence.plan.rows for event in row.events)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _point_into(clip: otio.schema.Clip, places: dict[str, str]) -> None:
    """Let a clip's media point into the archive, or say that they are missing and where they were."""
    reference = clip.media_reference
    place = places.get(reference.target_url)
    if place is not None:
        reference.target_url = quoted(place)
        return
    missing = otio.schema.MissingReference(
        name=reference.name,
        available_range=reference.available_range,
        metadata={"original_target_url": reference.target_url},
    )
    clip.media_reference = missing


def _losses(delivery: Delivery) -> tuple[str, ...]:
    files = {
        event.file.path: event.file
        for s in sequences(delivery)
        for row in s.plan.rows
        for event in row.events
    }
    gone = sum(not _is_there(path) for path in files)
    size = sum(file.size for file in files.values()) / _GIB
    missing = (f"{counted(gone, 'file')} not where it was: left out of the archive",) if gone else ()
    weight = (f"not lost, but heavy: {size:.0f} GiB of media are copied",) if size >= 1 else ()
    return (*not_said(delivery), *missing, *weight)


DIALECT = Dialect(
    name="OpenTimelineIO with media",
    suffix=".otioz",
    readers="DaVinci Resolve 18.5 or later",
    carries="all that OpenTimelineIO carries, and the media files themselves",
    loses="files that are not where they were; drift is not corrected",
    writer=_write,
    losses=_losses,
    steps=(
        "Resolve: File > Import > Timeline, choose the archive; the media are unpacked beside it.",
        "Anything else: it is a ZIP archive; unpack it and import content.otio.",
    ),
)
