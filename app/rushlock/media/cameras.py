"""Tell whose clip is whose: folders first, then what files say of their device, then their names.

A camera is what never records two clips at once, and the rest of Rushlock relies on that; two devices taken
for one can never be synced with each other, while one device taken for two merely costs time. Where
evidence is thin, clips are therefore kept apart.

    1. What the user says (``--camera NAME=PATH``); the longest path that holds a file wins. 2. The folder
    that holds the clips, camera-made folders stripped (DCIM/100GOPRO, PRIVATE/M4ROOT/CLIP, CONTENTS/VIDEO).
    3. Within a folder, clips part by: tracks of one take (see ``tracks``); sound alone or pictures; serial
    number, else model;
       the camera in the name ("A001C003", "camA_003").
    4. If everything lies in one folder, folders tell nothing and the rest of the name does ("lpb.wav",
    "mic.wav"); clips that no
       name, date or timecode ties to one device are cameras of their own.
    5. Clips of one part that clearly overlap by their own clocks part further.
    6. Cards of one serial number, wherever they lie, are one camera.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rushlock.media.chapters import Recording
from rushlock.media.naming import card_of, named_device, reel_camera, skeleton
from rushlock.media.overlaps import lanes
from rushlock.media.tracks import track_names

_BARE = re.compile(r".{1,2}|(?:tr|ch)\d+|sound|clips", re.IGNORECASE)
"""Labels that say little without their folder's name."""

_PICTURES = "pictures"

Override = tuple[str, Path]


@dataclass(slots=True)
class _Part:
    """Recordings taken for one camera's, by their places in the sequence."""

    folder: Path
    labels: tuple[str, ...]
    members: list[int]
    alone: bool = True


def camera_names(recordings: Sequence[Recording], overrides: Sequence[Override] = ()) -> list[str]:
    """Return the camera of every recording, by readable names that are unique for each camera.

    Args:
        recordings: All of the shoot.
        overrides: (name, path) pairs; a path covers everything below it.
    """
    names = [_overridden(recording[0].path, overrides) for recording in recordings]
    tracks = track_names(recordings)
    folders: dict[Path, list[int]] = {}
    for number, name in enumerate(names):
        if not name:
            folders.setdefault(card_of(recordings[number][0].path.parent), []).append(number)
    flat = len(folders) == 1 and all(not name for name in names)
    parts = [
        part
        for folder, members in folders.items()
        for part in _parts(folder, members, recordings, tracks, flat)
    ]
    taken = {name for name in names if name}
    for group in _one_device(parts, recordings):
        name = _unique(_title(group, flat), group[0].folder, taken)
        taken.add(name)
        for part in group:
            for member in part.members:
                names[member] = name
    return names


def _overridden(path: Path, overrides: Sequence[Override]) -> str:
    holding = [(len(above.parts), name) for name, above in overrides if path.is_relative_to(above.absolute())]
    return max(holding)[1] if holding else ""


def _parts(
    folder: Path, members: Sequence[int], recordings: Sequence[Recording], tracks: dict[int, str], flat: bool
) -> list[_Part]:
    """Part one folder's recordings into cameras."""
    parted: dict[tuple[str, ...], list[int]] = {}
    apart = [number for number in members if number in tracks]
    for number in apart:
        parted.setdefault((tracks[number],), []).append(number)
    rest = [number for number in members if number not in tracks]
    for labels, same in _divided(rest, recordings, _LABELLERS).items():
        parted.setdefault(labels, []).extend(same)
    if flat:
        parted = _by_names(parted, apart, recordings)
    parts = []
    for labels, same in parted.items():
        for lane, lane_members in enumerate(lanes(same, recordings, dates_suffice=flat)):
            parts.append(_Part(folder, labels if not lane else (*labels, str(lane + 1)), lane_members))
    for part in parts:
        part.alone = len(parts) == 1
    return parts


def _divided(
    members: Sequence[int], recordings: Sequence[Recording], labellers: "Sequence[_Labeller]"
) -> dict[tuple[str, ...], list[int]]:
    """Divide recordings by one label after the other; one that is unknown or the same for all is left out."""
    parts: dict[tuple[str, ...], list[int]] = {(): list(members)} if members else {}
    for label in labellers:
        finer: dict[tuple[str, ...], list[int]] = {}
        for labels, same in parts.items():
            found = {number: label(recordings[number]) for number in same}
            telling = len(set(found.values()) - {""}) > 1
            for number in same:
                key = (*labels, found[number]) if telling and found[number] else labels
                finer.setdefault(key, []).append(number)
        parts = finer
    return parts


_Labeller = Callable[[Recording], str]


def _kind(recording: Recording) -> str:
    return _PICTURES if recording[0].pictures else "sound"


def _device(recording: Recording) -> str:
    first = recording[0]
    return " ".join(filter(None, (first.camera_model or first.camera_make, first.camera_serial[:8])))


def _named(recording: Recording) -> str:
    path = recording[0].path
    return reel_camera(path) or named_device(path)


def _skeleton(recording: Recording) -> str:
    return skeleton(recording[0].path) or "clips"


_LABELLERS: tuple[_Labeller, ...] = (_kind, _device, _named)


def _by_names(
    parted: dict[tuple[str, ...], list[int]], tracks: Sequence[int], recordings: Sequence[Recording]
) -> dict[tuple[str, ...], list[int]]:
    """Part the only folder's recordings further by their names."""
    known = set(tracks)
    result: dict[tuple[str, ...], list[int]] = {}
    for labels, members in parted.items():
        if known.issuperset(members) or _named(recordings[members[0]]):
            result[labels] = members
            continue
        for name, same in _divided(members, recordings, (_skeleton,)).items():
            result.setdefault((*labels, *name), []).extend(same)
    if len(result) == 1:
        labels, members = next(iter(result.items()))
        if len(members) > 1 and not any(_dated(recordings[number]) for number in members):
            return {(recordings[number][0].path.name,): [number] for number in members}
    return result


def _dated(recording: Recording) -> bool:
    first = recording[0]
    return first.created is not None or first.day_seconds is not None or bool(first.camera_serial)


def _one_device(parts: Sequence[_Part], recordings: Sequence[Recording]) -> list[list[_Part]]:
    """Bring parts of different folders together whose recordings name one serial and do not overlap."""
    groups: list[list[_Part]] = []
    known: dict[tuple[str, ...], list[_Part]] = {}
    for part in parts:
        device = _serial(part, recordings)
        group = known.get(device, []) if device else []
        elsewhere = all(other.folder != part.folder for other in group)
        members = [number for other in (*group, part) for number in other.members]
        if group and elsewhere and len(lanes(members, recordings)) == 1:
            group.append(part)
            continue
        groups.append([part])
        if device:
            known.setdefault(device, groups[-1])
    return groups


def _serial(part: _Part, recordings: Sequence[Recording]) -> tuple[str, ...]:
    """Return what identifies the device (and track) of all of a part's recordings, nothing if unknown."""
    devices = {(recordings[n][0].camera_model, recordings[n][0].camera_serial) for n in part.members}
    model, serial = devices.pop() if len(devices) == 1 else ("", "")
    return (model, serial, *part.labels) if serial else ()


def _title(group: Sequence[_Part], flat: bool) -> str:
    """Return a readable name for a camera."""
    titles = list(dict.fromkeys(_part_title(part, flat) for part in group))
    if len(titles) <= 2:
        return " + ".join(titles)
    return f"{titles[0]} + {len(titles) - 1} more"


def _part_title(part: _Part, flat: bool) -> str:
    label = " ".join(label for label in part.labels if label != _PICTURES)
    folder = part.folder.name or str(part.folder)
    if part.alone and not label:
        return folder
    if flat and label and not _BARE.fullmatch(label):
        return label
    return f"{folder} {label}".strip()


def _unique(title: str, folder: Path, taken: Iterable[str]) -> str:
    """Return a title that no other camera has: with folders above in front, else with a number behind."""
    used, name = set(taken), title
    for parent in folder.parents:
        if name not in used or not parent.name:
            break
        name = f"{parent.name}/{name}"
    number = 2
    while name in used:
        name, number = f"{title} ({number})", number + 1
    return name
