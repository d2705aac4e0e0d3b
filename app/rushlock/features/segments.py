"""The stage that embeds a stretch of a clip by a window network, segment by segment, each one only once.

What was embedded is kept by the clip's content and the digest of the weights in blocks of ``BLOCK`` segments
of the clip's own grid, each with the segments embedded so far: ranges that overlap share, a range asked for
costs its own segments and no more, and a run that was killed has lost one block at most. Tokens are kept as
float16, and rounded to it before they are used, so that a first run and a cached one see the same numbers.

Decoding runs ahead in threads of its own. The network is called with as many segments as take it a fraction
of a second, so that a cancel is heard in time on any device.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.feeding import Fed, Grid, Side, picture_segments, sound_segments
from rushlock.media.ahead import Ahead
from rushlock.media.clip import Clip
from rushlock.media.sound import Floats
from rushlock.nets.protocol import WindowNet

STAGES: dict[Side, str] = {"pictures": "Embedding picture", "sound": "Embedding sound"}
VERSION = "segments-1"
"""Part of the cache key: change it with anything that changes what a network is fed."""

BLOCK = 16
"""Segments of one cache entry."""

_AHEAD = 8
_CALL_S = (0.2, 0.6)
_LARGEST_CALL = 32

Tokens = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class SegmentTrack:
    """Embedded segments of one side of a clip.

    Attributes:
        start: Clip time at which the first segment begins, seconds.
        hop: Seconds from one segment's start to the next.
        segment: Seconds of one segment.
        tokens: float16 (n, tokens, dims); zeros where a segment is not present.
        present: bool (n,): false where the recording shows nothing or is digitally silent.
    """

    start: float
    hop: float
    segment: float
    tokens: Tokens
    present: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.tokens)

    def vectors(self) -> Floats:
        """Return float32 (n, dims): each segment as the mean over its tokens."""
        return np.asarray(self.tokens.mean(axis=1, dtype=np.float32))


def embed(
    clip: Clip,
    net: WindowNet,
    side: Side,
    start: float,
    end: float,
    cache: Cache,
    token: CancelToken,
    *,
    through: float = 0.0,
) -> Stage[SegmentTrack]:
    """Return the embedded segments that lie wholly between two clip times and inside the recording.

    Args:
        clip: What to embed.
        net: By which network.
        side: Its pictures or its sound.
        start: Clip time in seconds.
        end: Clip time in seconds.
        cache: Where embedded segments are kept.
        token: Checked before each call of the network.
        through: A clip time at which a segment shall begin; two clips are laid on one grid by it.

    Raises:
        MediaError: Nothing can be read.
    """
    grid = Grid.through(net.layout, through)
    wanted = _both(grid.recorded(clip, side), grid.inside(Fraction(start), Fraction(end)))
    kept = _Kept(clip, net, side, grid, cache)
    missing = kept.missing(wanted)
    total, done = len(wanted) * float(grid.hop), (len(wanted) - len(missing)) * float(grid.hop)
    yield Progress(STAGES[side], done, total, clip.name, "s")
    try:
        for run in _runs(missing):
            for numbers, tokens in _embedded(clip, net, side, grid, run, token):
                kept.add(numbers, tokens)
                done += len(numbers) * float(grid.hop)
                yield Progress(STAGES[side], done, total, clip.name, "s")
    finally:
        kept.store()  # a cancelled run keeps what it has, too
    tokens, present = kept.taken(wanted)
    return SegmentTrack(
        float(grid.start(wanted.start)), float(grid.hop), float(grid.segment), tokens, present
    )


def _both(one: range, other: range) -> range:
    first = max(one.start, other.start)
    return range(first, max(min(one.stop, other.stop), first))


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Yield ascending numbers as ranges without gaps."""
    first = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield range(numbers[first], numbers[place - 1] + 1)
            first = place


def _embedded(
    clip: Clip, net: WindowNet, side: Side, grid: Grid, numbers: range, token: CancelToken
) -> Iterator[tuple[list[int], Tokens | None]]:
    """Yield (numbers, their tokens) in order; None for segments that hold nothing."""
    call: Callable[[Any], Floats] = net.embed_pictures if side == "pictures" else net.embed_sound
    feed: Callable[..., Fed[Any]] = picture_segments if side == "pictures" else sound_segments
    size = 1
    waiting: list[tuple[int, npt.NDArray[Any]]] = []
    with Ahead(lambda own: feed(clip, grid, numbers, own), _AHEAD, token) as fed:
        for number, segment in fed:
            if segment is None:
                yield [number], None
            else:
                waiting.append((number, segment))
            if waiting and (len(waiting) >= size or number == numbers[-1]):
                token.check()
                begun = time.perf_counter()
                tokens = call(np.stack([held for _, held in waiting]))
                yield [n for n, _ in waiting], tokens.astype(np.float16)
                size = _next_size(size, time.perf_counter() - begun)
                waiting = []


def _next_size(size: int, seconds: float) -> int:
    """Return how many segments to embed at once after a call of ``size`` took some time."""
    if seconds < _CALL_S[0]:
        return min(size * 2, _LARGEST_CALL)
    return max(size // 2, 1) if seconds > _CALL_S[1] else size


@dataclass(slots=True)
class _Block:
    """Segments of one cache entry by number; None: looked at, and nothing there."""

    tokens: dict[int, Tokens | None]
    changed: bool = False


class _Kept:
    """The embedded segments of one side of a clip, in memory and in the cache."""

    def __init__(self, clip: Clip, net: WindowNet, side: Side, grid: Grid, cache: Cache) -> None:
        if side == "pictures" and not any(file.pictures for file in clip.files):
            raise MediaError(clip.path, "it has no picture")
        if side == "sound" and not clip.has_sound:
            raise MediaError(clip.path, "it has no sound")
        self._cache, self._blocks = cache, dict[int, _Block]()
        layout = net.layout
        fed = (layout.frame_rate, layout.sample_rate, layout.frames, layout.samples, layout.hop_frames)
        size = (layout.picture, layout.shorter_side)
        origin = f"{grid.origin.numerator}/{grid.origin.denominator}"
        self._key = digest(VERSION, clip.key, net.digest, side, origin, *fed, *size)

    def missing(self, wanted: range) -> list[int]:
        """Return the numbers that are still to be embedded."""
        return [number for number in wanted if number not in self._block(number // BLOCK).tokens]

    def add(self, numbers: Sequence[int], tokens: Tokens | None) -> None:
        """Take in embedded segments; blocks that are left behind are stored."""
        for place, number in enumerate(numbers):
            block = self._block(number // BLOCK)
            block.tokens[number] = None if tokens is None else tokens[place]
            block.changed = True
        self.store(before=numbers[-1] // BLOCK)

    def store(self, before: int | None = None) -> None:
        """Put what is new into the cache; only blocks before one if it is given."""
        for place, block in self._blocks.items():
            if block.changed and (before is None or place < before):
                self._cache.store_arrays(digest(self._key, place), _arrays(block.tokens))
                block.changed = False

    def taken(self, wanted: range) -> tuple[Tokens, npt.NDArray[np.bool_]]:
        """Return tokens and which of them are present, for all numbers wanted."""
        held = [self._blocks[number // BLOCK].tokens[number] for number in wanted]
        present = np.array([tokens is not None for tokens in held], np.bool_)
        shape = next((tokens.shape for tokens in held if tokens is not None), (0, 0))
        out = np.zeros((len(held), *shape), np.float16)
        for place, tokens in enumerate(held):
            if tokens is not None:
                out[place] = tokens
        return out, present

    def _block(self, place: int) -> _Block:
        if place not in self._blocks:
            arrays = self._cache.arrays(digest(self._key, place))
            self._blocks[place] = _Block({} if arrays is None else _tokens(arrays))
        return self._blocks[place]


def _arrays(tokens: dict[int, Tokens | None]) -> dict[str, npt.NDArray[Any]]:
    """Return what is worth keeping; a segment that could not be read may be readable next time."""
    some = {number: held for number, held in tokens.items() if held is not None}
    return {"numbers": np.array(list(some), np.int64), "tokens": np.array(list(some.values()), np.float16)}


def _tokens(arrays: dict[str, npt.NDArray[Any]]) -> dict[int, Tokens | None]:
    return dict(zip(arrays["numbers"].tolist(), arrays["tokens"], strict=True))
