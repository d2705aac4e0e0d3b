"""A published dataset's table: every head's error over its pairs, ``rushlock bench video FOLDER``.

Stretches are cut while they are decoded, by frame numbers of the files, so that nothing beyond a cut is ever
seen. Pairs where nothing could be learned by anyone are left out as VideoSync leaves them out: a middle
frame that is nearly all dark, or green (Panoptic's cameras drop out to green). Its third rule, too little
optical flow, is not followed: a still scene is a fair question with the answer "cannot tell".
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, Progress, Stage, drain
from rushlock.cache.store import Cache
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.frame_error import frame_error
from rushlock.evaluation.matrix_training.descriptors import DESCRIPTORS
from rushlock.evaluation.video_pair.answers import answers
from rushlock.evaluation.video_pair.crops import HeadError
from rushlock.evaluation.video_pair.evidence import Evidence, Frames, Motion, embedded_pictures
from rushlock.evaluation.video_pair.layouts import REACH, LaidPair, laid_pairs, scenes
from rushlock.features.motion import DECODED, MOST_FPS, track_of
from rushlock.media.clip import Clip
from rushlock.media.framing import Kind, Picture, Whole
from rushlock.media.pictures import pictures
from rushlock.nets.frame_protocol import FrameNet
from rushlock.offsets.heads.matrix.head import LayerHead, PublishedHead
from rushlock.pipeline.probing import cached_probe

STAGE = "Asking heads"
_DARK, _GREEN, _MOST = 50, 1.3, 0.8
_LOOK = 32

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DatasetTable:
    """What was measured.

    Attributes:
        layout: "ntu", "panoptic" or "pouring".
        pairs, scenes: How many were asked.
        skipped: Pairs left out, each with its reason.
        errors: Of every head, in frames of the master.
    """

    layout: str
    pairs: int
    scenes: int
    skipped: tuple[str, ...]
    errors: tuple[HeadError, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return all figures for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some frames of a clip.

    Attributes:
        clip: Its recording.
        rate: Frames a second.
        first: Number of the first frame.
        frames: How many.
    """

    clip: Clip
    rate: Fraction
    first: int
    frames: int

    def shown(
        self, side: int, rate: Fraction, token: CancelToken, colour: bool
    ) -> Iterator[tuple[int, Picture]]:
        """Yield (number, picture) at a rate, the whole frame squeezed into a square."""
        count = int(self.frames / self.rate * rate)
        kind: Kind = "rgb24" if colour else "gray"
        # Half a frame in: an instant on a frame's edge could be rounded to the frame before.
        start = (self.first + Fraction(1, 2)) / self.rate
        return pictures(self.clip, Whole(side, side), start, rate, count, token, kind=kind)


def dataset_table(
    folder: Path,
    most: int,
    cache: Cache,
    token: CancelToken,
    trained: Sequence[LayerHead] = (),
    published: Sequence[PublishedHead] = (),
    net: FrameNet | None = None,
) -> Stage[DatasetTable]:
    """Ask every head about the pairs of a dataset.

    Args:
        folder: In one of the layouts.
        most: Pairs at most.
        cache: For probes.
        token: Checked all along.
        trained: Heads beside those that need no weights.
        published: Likewise.
        net: Also embeds frames, if given.

    Raises:
        UsageError: The folder has no such layout.
        MediaError: A file cannot be read.
    """
    clips: dict[Path, Clip] = {}

    def length(path: Path) -> int:
        clips[path] = clips[path] if path in clips else _clip(path, cache, token)
        return _frames(clips[path])

    layout, pairs = laid_pairs(folder, length, most)
    errors: dict[tuple[str, str], list[float]] = {}
    skipped: list[str] = []
    for done, pair in enumerate(pairs):
        yield Progress(STAGE, done, len(pairs), pair.scene, "pairs")
        length(pair.master), length(pair.node)
        one, other = _stretches(pair, clips)
        why = _useless(one, token) or _useless(other, token)
        if why:
            skipped.append(f"{pair.master.name}, {pair.node.name}: {why}")
            continue
        for evidence in _evidence(one, other, net, token):
            _add_errors(errors, evidence, pair.lag, float(one.rate), token, trained, published)
    if not errors:
        raise UsageError(f"{folder}: none of {len(pairs)} pairs could be used: {'; '.join(skipped[:3])}")
    table = [HeadError(evidence, head, frame_error(off)) for (evidence, head), off in errors.items()]
    return DatasetTable(layout, len(pairs) - len(skipped), scenes(pairs), tuple(skipped), tuple(table))


def _clip(path: Path, cache: Cache, token: CancelToken) -> Clip:
    clip = drain(one_clip(path, cached_probe(cache), token))
    if clip.picture is None:
        raise MediaError(path, "has no pictures")
    return clip


def _frames(clip: Clip) -> int:
    return int(clip.duration * _rate(clip))


def _rate(clip: Clip) -> Fraction:
    if clip.rate is None:
        raise MediaError(clip.path, "has no frame rate")
    return clip.rate.fps


def _stretches(pair: LaidPair, clips: dict[Path, Clip]) -> tuple[Stretch, Stretch]:
    """Return both stretches, cut to equal length."""
    held = [clips[path] for path in (pair.master, pair.node)]
    left = min(_frames(clip) - first for clip, first in zip(held, pair.starts, strict=True))
    count = max(left if pair.frames is None else min(left, pair.frames), 0)
    one, other = (
        Stretch(clip, _rate(clip), first, count) for clip, first in zip(held, pair.starts, strict=True)
    )
    return one, other


def _useless(stretch: Stretch, token: CancelToken) -> str:
    """Return why nobody could learn anything from a stretch; empty if one can."""
    if stretch.frames < 2 * REACH:
        return f"only {stretch.frames} frames are left"
    middle = Stretch(stretch.clip, stretch.rate, stretch.first + stretch.frames // 2, 1)
    for _, picture in middle.shown(_LOOK, stretch.rate, token, colour=True):
        red, green, blue = (picture[..., channel].astype(np.float64) for channel in range(3))
        if (np.mean((red + green + blue) / 3 < _DARK)) > _MOST:
            return "dark"
        if np.mean(green > _GREEN * np.maximum(np.maximum(red, blue), 1)) > _MOST:
            return "green"
        return ""
    return "no picture in the middle"


def _evidence(one: Stretch, other: Stretch, net: FrameNet | None, token: CancelToken) -> Iterator[Evidence]:
    tracks = [track_of(_timed(stretch, token)) for stretch in (one, other)]
    yield Motion("motion", tracks[0], tracks[1], DESCRIPTORS["both"], whole=True)
    yield Motion("brief motion", tracks[0], tracks[1], DESCRIPTORS["brief"])
    if net is not None:
        side, rate = net.layout.picture, Fraction(net.layout.frame_rate)
        looks = [
            embedded_pictures((p for _, p in stretch.shown(side, rate, token, colour=True)), net)
            for stretch in (one, other)
        ]
        yield Frames(net.name, net, looks[0], looks[1], 1 / net.layout.frame_rate)


def _timed(stretch: Stretch, token: CancelToken) -> Iterator[tuple[float, Picture]]:
    rate = stretch.rate / ceil(stretch.rate / MOST_FPS)
    for number, picture in stretch.shown(DECODED, rate, token, colour=False):
        yield float(number / rate), picture


def _add_errors(
    errors: dict[tuple[str, str], list[float]],
    evidence: Evidence,
    lag: int,
    rate: float,
    token: CancelToken,
    trained: Sequence[LayerHead],
    published: Sequence[PublishedHead],
) -> None:
    rows, columns = (slice(0, length) for length in evidence.lengths)
    for answer in answers(evidence, rows, columns, token, trained, published, REACH / rate):
        said = 0.0 if answer.offset is None else answer.offset * rate
        errors.setdefault((evidence.name, answer.head), []).append(said - lag)
