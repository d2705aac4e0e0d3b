"""Footage that is in sync, as a source: every clip below a folder that has pictures and sound.

A part of it is held out, by whole folders where there are several, else by whole clips: scenes of one folder
look alike. Which part depends on the names of the folders, or the content of the clips, alone, so that it
stays the same when footage is added. Clips that turn out to be broken, and stretches in which pictures are
missing or nothing sounds, are passed over.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.keys import digest
from rushlock.evaluation.av.film import common_seconds, film_of
from rushlock.evaluation.stream_training.sources import Stretch
from rushlock.features.channels import DEAD_RMS
from rushlock.media.catalogue import catalogue
from rushlock.media.clip import Clip, MediaFile
from rushlock.nets.protocol import SegmentLayout

_log = logging.getLogger(__name__)

_HELD_OUT = 0.15
_FOLDERS = 5
"""With fewer folders than that, whole clips are held out."""

_TRIES = 50
_DIGITS = 8


@dataclass(frozen=True)
class Footage:
    """Clips in sync; see ``Source``.

    Attributes:
        folder: Where they lie.
        training, unseen: Those to train on, and those held out.
        token: Checked while they are read.
        seed: Draws stretches.
    """

    folder: Path
    training: tuple[Clip, ...]
    unseen: tuple[Clip, ...]
    token: CancelToken
    seed: int

    @property
    def told(self) -> str:
        """See ``Source``."""
        return f"{len(self.training)} clips of footage, {len(self.unseen)} held out"

    def stretch(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """See ``Source``."""
        return self._drawn(self.training, 0, number, seconds, layout)

    def held_out(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """See ``Source``."""
        return self._drawn(self.unseen, 1, number, seconds, layout)

    def _drawn(
        self, clips: Sequence[Clip], part: int, number: int, seconds: float, layout: SegmentLayout
    ) -> Stretch:
        spans = np.array([common_seconds(clip) for clip in clips])
        room = np.maximum(spans[:, 1] - spans[:, 0] - seconds, 0.0)
        if not room.any():
            raise UsageError(
                f"{self.folder} holds no clip of at least {seconds:.0f} s with pictures and sound"
                + (" among those held out" if part else "")
            )
        random = np.random.default_rng((self.seed, 11, part, number))
        for _ in range(_TRIES):
            chosen = int(random.choice(len(clips), p=room / room.sum()))
            start = float(spans[chosen, 0] + random.uniform(0, room[chosen]))
            found = self._read(clips[chosen], start, seconds, layout)
            if found is not None:
                return found
        raise UsageError(f"in {self.folder} nothing usable was found in {_TRIES} tries: broken, or silent")

    def _read(self, clip: Clip, start: float, seconds: float, layout: SegmentLayout) -> Stretch | None:
        try:
            film = film_of(clip, start, seconds, layout, self.token)
        except MediaError as error:
            _log.warning("Passed over: %s", error)
            return None
        if film is None or float(np.sqrt(np.mean(np.square(film.sound)))) <= DEAD_RMS:
            return None
        return Stretch((film,), None)


def footage(
    folder: Path, seed: int, probe_one: Callable[[Path], MediaFile], token: CancelToken
) -> Stage[Footage]:
    """Return the footage below a folder.

    Args:
        folder: Looked through as ``rushlock sync`` does.
        seed: Draws stretches.
        probe_one: Reads one file; see ``catalogue``.
        token: Checked between files, and while stretches are read.

    Raises:
        UsageError: It holds too little.
    """
    found = yield from catalogue([folder], (), probe_one, token)
    clips = [clip for clip in found.clips if clip.picture is not None and clip.has_sound]
    training, unseen = held_apart(clips)
    if not training or not unseen:
        raise UsageError(
            f"{folder} holds {len(clips)} clips with pictures and sound; two at least are needed"
        )
    return Footage(folder, training, unseen, token, seed)


def held_apart(clips: Sequence[Clip]) -> tuple[tuple[Clip, ...], tuple[Clip, ...]]:
    """Return the clips to train on, and those held out, at least one of each where there are two."""
    folders = {clip.path.parent for clip in clips}
    by_folder = len(folders) >= _FOLDERS
    names = {clip.key: str(clip.path.parent.name) if by_folder else clip.key for clip in clips}
    marks = {name: int(digest("held out", name)[:_DIGITS], 16) / 16**_DIGITS for name in names.values()}
    unseen = {name for name, mark in marks.items() if mark < _HELD_OUT}
    if len(marks) > 1 and len(unseen) in (0, len(marks)):  # too few for chance to be fair
        unseen = {min(marks, key=lambda name: marks[name])}
    return (
        tuple(clip for clip in clips if names[clip.key] not in unseen),
        tuple(clip for clip in clips if names[clip.key] in unseen),
    )
