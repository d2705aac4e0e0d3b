"""The few pieces that every mob is made of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aaf2.mobid import MobID

from rushlock.base.rate import FrameRate
from rushlock.timeline.printable import printable

PICTURE, SOUND = "picture", "sound"
PICTURE_SLOT, TIMECODE_SLOT, FIRST_SOUND_SLOT = 1, 2, 3

Made = Any
"""Whatever pyaaf2, which has no types, makes."""


def mob(aaf: Made, kind: str, name: str, identity: MobID, when: datetime) -> Made:
    """Return a mob without slots, not yet in the file."""
    made = aaf.create.from_name(kind, clean(name))
    made.mob_id = identity
    made["CreationTime"].value = when
    made["LastModified"].value = when
    return made


def add_slot(
    aaf: Made,
    to: Made,
    number: int,
    rate: FrameRate,
    segment: Made,
    *,
    track: int | None = None,
    name: str = "",
) -> None:
    """Give a mob a slot that runs at a rate; ``track`` is its number among its like."""
    edit_rate = f"{rate.fps.numerator}/{rate.fps.denominator}"
    made = aaf.create.TimelineMobSlot(number, segment=segment, edit_rate=edit_rate)
    made.name = clean(name)
    if track is not None:
        made["PhysicalTrackNumber"].value = track
    to.slots.append(made)


def shown(aaf: Made, kind: str, of: MobID | None, slot: int, first: int, length: int) -> Made:
    """Return a source clip: so many units of a mob's slot, or of nothing further."""
    return aaf.create.SourceClip(first, length, of, slot if of else 0, media_kind=kind)


def add_comments(to: Made, comments: Mapping[str, str]) -> None:
    """Give a mob its columns in a bin; what is empty is left out."""
    for name, text in comments.items():
        if text:
            to.comments[name] = clean(text)


def clean(text: str) -> str:
    """Return a text that AAF can hold: UTF-16 on one line."""
    return "".join(mark if mark.isprintable() else " " for mark in printable(text))


def sound_slots(channels: int) -> Iterable[tuple[int, int]]:
    """Yield slot number and track number of each channel."""
    return ((FIRST_SOUND_SLOT + index, index + 1) for index in range(channels))
