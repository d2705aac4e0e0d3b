"""The datasets of VideoSync's tables, as their publishers lay them out on a disk: pairs with a known lag.

========  =======================================================================  ===========================
layout    files                                                                    lag
========  =======================================================================  ===========================
ntu       ``S001C001P001R001A001_rgb.avi`` (NTU RGB+D) and SeSyn-Net's NTU-SYN     frames dropped from each
          annotation ``S001C001P001R001A001_rgb.avi.json``, cameras 1 and 2        clip, as annotated
panoptic  ``171204_pose1/hdVideos/hd_00_03.mp4`` (CMU Panoptic), all cameras       -30 .. 30, drawn
pouring   ``..._real_view_0.mp4`` and ``..._real_view_1.mp4`` (TCC's records,      -30 .. 29, drawn
          unpacked to videos)
========  =======================================================================  ===========================

Cameras of one scene are in step as published; a lag is made by beginning one of them later. The published
code cuts Panoptic at key frames without saying so, seeds Pouring by chance, and takes an eighth of NTU-SYN;
here frames are exact, every draw is seeded, and the split is the annotation's own (``test`` where there is
one). So figures can be compared with the paper's, not expected to equal them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from rushlock.base.errors import UsageError

REACH = 30
PANOPTIC_FRAMES = 240
_PANOPTIC_WINDOWS = 5
_NTU_CAMERAS = ("C001", "C002")
_VIDEO = (".mp4", ".avi", ".mkv")


@dataclass(frozen=True, slots=True)
class LaidPair:
    """Two recordings in step and where to begin each.

    Attributes:
        scene: What both show.
        master, node: Files.
        starts: First frame of the master and of the node.
        frames: How many of each; None: until the shorter one ends.
    """

    scene: str
    master: Path
    node: Path
    starts: tuple[int, int]
    frames: int | None = None

    @property
    def lag(self) -> int:
        """Frames by which the node starts later than the master."""
        return self.starts[1] - self.starts[0]


Length = Callable[[Path], int]
"""A file's number of frames."""


def laid_pairs(folder: Path, length: Length, most: int, seed: int = 42) -> tuple[str, list[LaidPair]]:
    """Return which layout a folder has, and its pairs: ``most`` of them at most, drawn evenly.

    Raises:
        UsageError: It has none of them, or nothing to pair.
    """
    for name, find in (("ntu", _ntu), ("panoptic", _panoptic), ("pouring", _pouring)):
        found = list(find(folder))
        if found:
            random = np.random.default_rng(seed)
            chosen = sorted(random.permutation(len(found))[:most].tolist())
            return name, [found[each](random, length) for each in chosen]
    raise UsageError(
        f"{folder} is laid out neither as NTU RGB+D with NTU-SYN's annotation (*_rgb.avi and "
        "*_rgb.avi.json), nor as CMU Panoptic (*/hdVideos/hd_00_*.mp4), nor as Pouring (*_view_0.mp4)"
    )


_Draw = Callable[[np.random.Generator, Length], LaidPair]


def _ntu(folder: Path) -> Iterator[_Draw]:
    notes = sorted(folder.rglob("*_rgb.avi.json"))
    notes = [note for note in notes if "test" in note.parts] or notes
    videos = {path.name.split("_rgb")[0]: path for path in sorted(folder.rglob("S*C*P*R*A*_rgb.avi"))}
    for note in notes:
        one = note.name.split("_rgb")[0]
        other = one.replace(*_NTU_CAMERAS)
        beside = note.with_name(note.name.replace(*_NTU_CAMERAS))
        if _NTU_CAMERAS[0] in one and {one, other} <= videos.keys() and beside.is_file():
            starts = _dropped(note), _dropped(beside)
            yield _fixed(LaidPair(one, videos[one], videos[other], starts))


def _dropped(note: Path) -> int:
    """Return how many frames NTU-SYN drops from a clip's beginning; it keeps that as ``category_id``."""
    try:
        count = json.loads(note.read_text("utf-8"))["category_id"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{note} is no annotation of NTU-SYN: {error!r}") from error
    if not isinstance(count, int) or count < 0:
        raise UsageError(f"{note} is no annotation of NTU-SYN: category_id is {count!r}")
    return count


def _fixed(pair: LaidPair) -> _Draw:
    return lambda _random, _length: pair


def _panoptic(folder: Path) -> Iterator[_Draw]:
    for videos in sorted([*folder.glob("*/hdVideos"), *folder.glob("hdVideos")]):
        cameras = sorted(path for path in videos.glob("hd_*") if path.suffix in _VIDEO)
        for master, node in combinations(cameras, 2):
            for _ in range(_PANOPTIC_WINDOWS):
                yield _window(videos.parent.name, master, node)


def _window(scene: str, master: Path, node: Path) -> _Draw:
    def draw(random: np.random.Generator, length: Length) -> LaidPair:
        lag = int(random.integers(-REACH, REACH + 1))
        latest = min(length(master), length(node)) - PANOPTIC_FRAMES - REACH
        if latest < REACH:
            raise UsageError(f"{master} or {node.name} has too few frames for windows of {PANOPTIC_FRAMES}")
        start = int(random.integers(REACH, latest + 1))
        return LaidPair(scene, master, node, (start, start + lag), PANOPTIC_FRAMES)

    return draw


def _pouring(folder: Path) -> Iterator[_Draw]:
    for master in sorted(path for path in folder.rglob("*_view_0.*") if path.suffix in _VIDEO):
        node = master.with_name(master.name.replace("_view_0.", "_view_1."))
        if node.is_file():
            yield _poured(master, node)


def _poured(master: Path, node: Path) -> _Draw:
    def draw(random: np.random.Generator, _length: Length) -> LaidPair:
        lag = int(random.integers(-REACH, REACH))
        return LaidPair(master.stem.removesuffix("_view_0"), master, node, (max(-lag, 0), max(lag, 0)))

    return draw


def scenes(pairs: Sequence[LaidPair]) -> int:
    """Return how many scenes some pairs show."""
    return len({pair.scene for pair in pairs})
