"""What a deck's thread does next, worked out anew after every frame: so nothing needs to be interrupted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from rushlock.media.playing.run import Run

_SOON_S = 0.5
"""Going on decoding for so long is never slower than seeking."""

_REFRESH = 30.0
"""No more stills a second of watching are made at shuttle speeds."""

_FAR_S = 3.0
"""Where no index tells of key frames: the distance from which on seeking is tried."""


class Move(Enum):
    """What to do next."""

    REST = auto()
    SEEK = auto()
    FORWARD = auto()
    BEHIND = auto()


@dataclass(frozen=True, slots=True)
class Aim:
    """Where one looks, clip time in seconds, and how fast that moves; negative: backwards."""

    at: float = 0.0
    speed: float = 0.0


@dataclass(frozen=True, slots=True)
class Reach:
    """How many stills to have at hand after and before the moment aimed at."""

    ahead: int
    behind: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading stands, clip time in seconds.

    Attributes:
        target: What was last sought.
        latest: The frame that came last; ``target`` before the first came.
    """

    target: float
    latest: float


def next_move(
    run: Run, aim: Aim, reach: Reach, place: Place | None, key_before: Callable[[float], float | None]
) -> Move:
    """Return what to do next.

    Args:
        run: What there is.
        aim: Where one looks.
        reach: How much to have at hand.
        place: Where reading stands; None: nowhere.
        key_before: Where a seek would land, None if nobody knows.
    """
    if not run.covers(aim.at):
        return Move.FORWARD if _goes_on(run, aim.at, place, key_before) else Move.SEEK
    if _lacking(run, aim):
        return Move.SEEK
    if aim.speed >= 0 and not run.ended and run.ahead_of(aim.at) < reach.ahead:
        return Move.FORWARD
    if aim.speed <= 0 and not run.from_start and run.behind_of(aim.at) < reach.behind:
        return Move.BEHIND
    return Move.REST


def spacing_of(speed: float) -> float:
    """Return how far stills may lie apart at a speed, seconds of clip time."""
    return abs(speed) / _REFRESH if abs(speed) > 1 else 0.0


def _lacking(run: Run, aim: Aim) -> bool:
    """Whether the frame on screen was left out and is wanted now."""
    if aim.speed == 0:
        return not run.sight(aim.at).exact
    return run.lacks(aim.at, spacing_of(aim.speed))


def _goes_on(run: Run, at: float, place: Place | None, key_before: Callable[[float], float | None]) -> bool:
    """Whether decoding on from where one is reaches an instant sooner than seeking."""
    if place is None or (not run.empty and at + run.late < run.low):
        return False
    latest = place.latest if run.empty else run.high
    if at + run.late < latest:
        return False
    if at - latest < _SOON_S:
        return True
    key, sought = key_before(at), key_before(place.target)
    if key is None or sought is None:
        return at - max(place.target, latest) < _FAR_S
    return key <= max(sought, latest) + _SOON_S / 2
