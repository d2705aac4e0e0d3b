"""The columns of the bin: what each says of a clip, what it is sorted by, how wide it is at first.

A new column is a member of ``Column`` and a ``Spec`` for it; model, view and the menu of columns follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rushlock.gui import words
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.words import tr
from rushlock.media.naming import natural


class Column(IntEnum):
    """Columns in the order in which they first stand."""

    NAME = 0
    STATUS = 1
    PLACE = 2
    CONFIDENCE = 3
    REASON = 4
    START = 5
    RATE = 6
    DURATION = 7
    SOUND = 8
    DRIFT = 9
    MEDIA = 10
    OWN_SOUND = 11


@dataclass(frozen=True, slots=True)
class Spec:
    """One column.

    Attributes:
        title: Makes its title, in the user's language.
        text: Makes what it says of a clip.
        key: Returns what clips are sorted by; None where a clip has nothing to sort by, which stands last.
        letters: First width, in letters of the view's font.
        right: Whether it is set flush right, as figures are.
        of_clip: Whether ``key`` looks at the clip alone, which no sync and no decision changes.
    """

    title: Callable[[], str]
    text: Callable[[Row, Shoot], str]
    key: Callable[[Row], Any]
    letters: int
    right: bool = False
    of_clip: bool = False


_STANDING_ORDER = {standing: place for place, standing in enumerate(Standing)}


def name_text(row: Row) -> str:
    """Return a clip's name; a spanned clip says of how many files it is made."""
    name = row.clip.name.replace("\n", "⏎")
    count = len(row.clip.files)
    return name if count == 1 else tr("bin", "{name} ({count} parts)").format(name=name, count=count)


SPECS: dict[Column, Spec] = {
    Column.NAME: Spec(
        lambda: tr("bin", "Name"),
        lambda row, _: name_text(row),
        lambda row: natural(row.clip.name),
        34,
        of_clip=True,
    ),
    Column.STATUS: Spec(
        lambda: tr("bin", "Status"),
        lambda row, _: words.standing_word(row.standing),
        lambda row: _STANDING_ORDER[row.standing],
        19,
    ),
    Column.PLACE: Spec(lambda: tr("bin", "Placed at"), words.place_label, lambda row: row.start, 15),
    Column.CONFIDENCE: Spec(
        lambda: tr("bin", "Confidence"),
        lambda row, _: words.confidence_label(row),
        lambda row: None if row.placement is None else row.placement.confidence,
        11,
        right=True,
    ),
    Column.REASON: Spec(
        lambda: tr("bin", "Reason"),
        lambda row, _: words.reason_text(row),
        lambda row: words.reason_text(row).casefold() or None,
        40,
    ),
    Column.START: Spec(
        lambda: tr("bin", "Start TC"),
        lambda row, _: words.start_label(row),
        lambda row: None if row.clip.day_seconds is None else float(row.clip.day_seconds),
        14,
        of_clip=True,
    ),
    Column.RATE: Spec(
        lambda: tr("bin", "Rate"),
        lambda row, _: words.rate_label(row),
        lambda row: None if row.clip.rate is None else float(row.clip.rate.fps),
        9,
        right=True,
        of_clip=True,
    ),
    Column.DURATION: Spec(
        lambda: tr("bin", "Duration"),
        words.duration_label,
        lambda row: float(row.clip.duration),
        13,
        right=True,
        of_clip=True,
    ),
    Column.SOUND: Spec(
        lambda: tr("bin", "Sound"),
        lambda row, _: words.sound_label(row),
        lambda row: sum(sound.channels for sound in row.clip.files[0].sounds) or None,
        15,
        of_clip=True,
    ),
    Column.DRIFT: Spec(
        lambda: tr("bin", "Drift"),
        lambda row, _: words.drift_label(row),
        lambda row: None if row.start is None or row.placement is None else row.placement.drift_ppm,
        12,
        right=True,
    ),
    Column.MEDIA: Spec(
        lambda: tr("bin", "Media"),
        lambda row, _: words.media_word(row),
        words.media_word,
        14,
        of_clip=True,
    ),
    Column.OWN_SOUND: Spec(
        lambda: tr("bin", "Own sound"),
        lambda row, _: words.own_sound_label(row),
        words.own_sound_rank,
        26,
    ),
}
