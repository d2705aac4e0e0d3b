"""Recorders that write one file for each track: find the files of one take and name their tracks.

Such files cover the same moments sample by sample. Left in one camera they would look like clips of it that
overlap, which no camera makes; so each track counts as a camera of its own, named after the recorder and
the track ("SOUND tr2"). P2 cards keep the sound of a clip in files of its own, one for each channel; they
are treated alike.

Files belong to one take if they are sound alone, of one card, and equal in time reference, creation time,
sample rate and length, or if the recorder's own naming says so (ZOOM0001_Tr1, ZOOM0001_Tr2).
"""

import re
from collections.abc import Sequence

from rushlock.media.chapters import Recording
from rushlock.media.clip import MediaFile
from rushlock.media.naming import card_of, natural, take_and_track

_PARTS = re.compile(r"[ _.-]+")


def track_names(recordings: Sequence[Recording]) -> dict[int, str]:
    """Return the track name of every recording that is one track of several, by its place in the sequence."""
    takes: dict[tuple[object, ...], list[int]] = {}
    names: dict[int, str] = {}
    for number, recording in enumerate(recordings):
        channel = _p2_channel(recording[0])
        if channel:
            names[number] = channel
            continue
        key = _take_of(recording)
        if key is not None:
            takes.setdefault(key, []).append(number)
    for members in takes.values():
        if len(members) > 1:
            members.sort(key=lambda number: natural(recordings[number][0].path.name))
            names |= zip(members, _tracks_apart([recordings[n][0] for n in members]), strict=True)
    return names


def _p2_channel(file: MediaFile) -> str:
    folder = file.path.parent
    if folder.name.upper() == "AUDIO" and folder.parent.name.upper() == "CONTENTS":
        return f"ch{file.path.stem[-2:]}"
    return ""


def _take_of(recording: Recording) -> tuple[object, ...] | None:
    """Return what the files of one take have in common, None where nothing identifies a take."""
    first = recording[0]
    if first.pictures or not first.sounds:
        return None
    length = sum(file.duration for file in recording)
    common = (card_of(first.path.parent), first.sounds[0].sample_rate, length)
    named = take_and_track(first.path)
    if named is not None:
        return (*common, named[0])
    if first.day_seconds is not None and (first.created is not None or first.family):
        return (*common, first.day_seconds, first.created)
    return None


def _tracks_apart(files: Sequence[MediaFile]) -> list[str]:
    """Return a name for each track of a take: what tells their file names apart, else a number."""
    parts = [_PARTS.split(file.path.stem) for file in files]
    if len({len(words) for words in parts}) == 1:
        differing = [column for column in zip(*parts, strict=True) if len(set(column)) > 1]
        if len(differing) == 1 and len(set(differing[0])) == len(files):
            return [f"tr{word}" if word.isdecimal() else word for word in differing[0]]
    return [f"tr{number}" for number in range(1, len(files) + 1)]
