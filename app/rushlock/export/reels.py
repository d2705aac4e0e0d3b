"""Reel names that every reader of an EDL takes: capital letters, digits and underscores, unique.

CMX 3600 knows eight characters; the habit called "file 32" allows 32, so that a file's own name can be the
reel. One reel of one camera keeps one name. Reels of different cameras that would be called alike (two cards
"A001", a name that differs in its accents alone) are told apart by a number.
"""

import re
import unicodedata
from collections.abc import Iterable

from rushlock.media.clip import Clip, MediaFile

LONGEST = 32
_ILLEGAL = re.compile(r"[^A-Z0-9]+")
_RESERVED = frozenset(("AX", "BL"))
"""Auxiliary source and black (SMPTE ST 258)."""

ReelNames = dict[tuple[str, str], str]


def tape_name(file: MediaFile) -> str:
    """Return what a file calls its reel, untouched; a file without one is its own reel."""
    return file.reel or file.path.stem


def reel_key(clip: Clip, file: MediaFile) -> tuple[str, str]:
    """Return what makes a reel: the camera's reel, or the file itself where it names none."""
    return (clip.camera, file.reel) if file.reel else ("", str(file.path))


def reel_names(clips: Iterable[Clip]) -> ReelNames:
    """Return the legal name of each reel by its key; the same clips give the same names."""
    names: ReelNames = {}
    taken = set(_RESERVED)
    for clip in clips:
        for file in clip.files:
            key = reel_key(clip, file)
            if key not in names:
                names[key] = _free(legal(tape_name(file)), taken)
                taken.add(names[key])
    return names


def legal(name: str) -> str:
    """Return a name in capital letters, digits and underscores, at least one and at most 32."""
    plain = unicodedata.normalize("NFKD", name.upper())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return _ILLEGAL.sub("_", plain).strip("_")[:LONGEST] or "REEL"


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free in taken:
        ending = f"_{number}"
        free = name[: LONGEST - len(ending)] + ending
        number += 1
    return free
