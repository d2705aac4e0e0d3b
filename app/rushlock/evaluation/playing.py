"""How well the two-up player's core plays a pair here: pictures a second, dropped ones, how far apart, seeks.

The core runs without a window, asked as the window asks: sixty times a second, for the pixels of what is then
on screen. What a window adds is painting two pictures of the size shown.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.numbered import write_numbered
from rushlock.media.clip import Clip
from rushlock.media.playing.clock import RunningClock
from rushlock.media.playing.deck import Deck
from rushlock.media.playing.footage import Footage
from rushlock.media.playing.run import Sight
from rushlock.media.probe import probe

SPEEDS = (1.0, 2.0, 4.0, -1.0, -2.0)

_STAGE = "Playing"
_TICK_S = 1 / 60
_LONGEST_SEEK_S = 30.0


@dataclass(frozen=True, slots=True)
class Played:
    """One stretch at one speed.

    Attributes:
        speed: Seconds of clip a second.
        wanted: Pictures a second of the master that there were to be shown, at most one a tick.
        shown: Those that were, each the very one on screen at its instant.
        other: Pictures a second shown although the very one was not at hand.
        apart_s: The most by which the two pictures shown together were apart, beyond a frame.
        longest_s: The longest time that the picture stood.
        cores: Processor time that all of it took, seconds a second.
    """

    speed: float
    wanted: float
    shown: float
    other: float
    apart_s: float
    longest_s: float
    cores: float


@dataclass(frozen=True, slots=True)
class PlayerFigures:
    """All of it.

    Attributes:
        names: Of the files.
        seek_ms: Median time from a jump to both very pictures.
        worst_seek_ms: The longest of them.
        step_ms: Median time from a step of one frame to both very pictures.
        work: Processor time that a second of the pair takes with every frame shown; the one figure that does
            not mind what else the machine does.
        played: By speed.
    """

    names: tuple[str, str]
    seek_ms: float
    worst_seek_ms: float
    step_ms: float
    work: float
    played: tuple[Played, ...]

    def rows(self) -> list[tuple[str, str]]:
        """Return (figure, value) for people."""
        rows = [
            ("a jump, median", f"{self.seek_ms:.0f} ms"),
            ("a jump, longest", f"{self.worst_seek_ms:.0f} ms"),
            ("a step of one frame, median", f"{self.step_ms:.0f} ms"),
            ("every frame of both", f"{self.work:.2f} cores"),
        ]
        for each in self.played:
            told = f"{each.shown:.1f} (and {each.other:.1f} near) of {each.wanted:.1f} pictures a second"
            told += f", {1000 * each.apart_s:.0f} ms apart, stood {1000 * each.longest_s:.0f} ms"
            told += f", {each.cores:.2f} cores"
            rows.append((f"at {each.speed:+g}x", told))
        return rows

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name."""
        return asdict(self)


def measure_player(
    files: tuple[Path, Path],
    token: CancelToken,
    *,
    lag: float = 0.0,
    seconds: float = 10.0,
    box: tuple[int, int] = (640, 360),
    threads: int = 1,
    speeds: Sequence[float] = SPEEDS,
) -> Stage[PlayerFigures]:
    """Play two files together.

    Args:
        files: Master and node.
        token: Checked all the time.
        lag: The node's start minus the master's, seconds.
        seconds: How long to play at each speed.
        box: Size of each picture.
        threads: Frames that FFmpeg decodes at the same time, for each file.
        speeds: To play at.

    Raises:
        MediaError: A file cannot be read.
    """
    yield Progress(_STAGE, 0, 0, "opening", "measurements")
    with _Pair(files, lag, box, threads) as pair:
        yield from pair.ready(pair.common[0], token)
        jumps = yield from _jumps(pair, token)
        steps = yield from _steps(pair, token)
        played = []
        for number, speed in enumerate(speeds):
            yield Progress(_STAGE, number, len(speeds), f"{speed:+g}x", "measurements")
            played.append((yield from _play(pair, speed, seconds, token)))
    with _Pair(files, lag, box, threads, keep_all=True) as pair:
        work = yield from _work(pair, seconds, token)
    return PlayerFigures(
        names=(files[0].name, files[1].name),
        seek_ms=1000 * median(jumps),
        worst_seek_ms=1000 * max(jumps),
        step_ms=1000 * median(steps),
        work=work,
        played=tuple(played),
    )


def made_pair(folder: Path, gop: int, token: CancelToken, seconds: int = 20) -> Stage[tuple[Path, Path]]:
    """Write two clips of 1080p25 in H.264 with B frames, or find them; every frame shows its number.

    Args:
        folder: Where to.
        gop: Frames from key frame to key frame.
        token: Checked before each.
        seconds: How long.
    """
    rate = Fraction(25)
    paths = folder / f"player_{gop}_a.mp4", folder / f"player_{gop}_b.mp4"
    for number, path in enumerate(paths):
        token.check()
        yield Progress("Rendering", number, 2, path.name, "clips")
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".part.{path.name}")
            stamps = [n / rate for n in range(seconds * 25)]
            write_numbered(part, stamps, size=(1920, 1080), options=_like_cameras(gop), texture=True)
            part.replace(path)
    return paths


def _like_cameras(gop: int) -> dict[str, str]:
    every = {"g": str(gop), "keyint_min": str(gop), "sc_threshold": "0"}
    return every | {"bf": "2", "b": "16M", "preset": "veryfast"}


class _Pair:
    """Two decks held together at a lag."""

    def __init__(
        self,
        files: tuple[Path, Path],
        lag: float,
        box: tuple[int, int],
        threads: int,
        *,
        keep_all: bool = False,
    ) -> None:
        clips = [Clip(path.name, path.name, (probe(path),)) for path in files]
        self.decks = [Deck(Footage.of(clip), box, threads=threads, keep_all=keep_all) for clip in clips]
        self.lags = 0.0, lag
        first, last = max(0.0, lag), min(self.decks[0].duration, lag + self.decks[1].duration)
        self.common = first + 0.2, last - 0.7

    def __enter__(self) -> "_Pair":
        return self

    def __exit__(self, *_: object) -> None:
        for deck in self.decks:
            deck.close(wait=True)

    def look(self, at: float, speed: float) -> list[Sight]:
        """Aim both and return what is known; what is shown is made into pixels, as for painting."""
        sights = []
        for deck, lag in zip(self.decks, self.lags, strict=True):
            deck.aim(at - lag, speed)
            sights.append(deck.sight(at - lag))
        return sights

    def ready(self, at: float, token: CancelToken) -> Stage[float]:
        """Jump and return after how many seconds both very pictures were there."""
        began = time.perf_counter()
        while not all(sight.exact for sight in self.look(at, 0.0)):
            token.check()
            if time.perf_counter() - began > _LONGEST_SEEK_S:
                break
            time.sleep(0.001)
        taken = time.perf_counter() - began
        yield Progress(_STAGE, 0, 0, f"{1000 * taken:.0f} ms", "measurements")
        return taken


def _jumps(pair: _Pair, token: CancelToken, count: int = 15) -> Stage[list[float]]:
    dice = random.Random(1)
    taken = []
    for _ in range(count):
        taken.append((yield from pair.ready(dice.uniform(*pair.common), token)))
    return taken


def _steps(pair: _Pair, token: CancelToken, count: int = 20) -> Stage[list[float]]:
    middle = sum(pair.common) / 2
    yield from pair.ready(middle, token)
    taken = []
    for number in range(count):
        at = middle + (number + 1 if number < count // 2 else count - number) / pair.decks[0].fps
        taken.append((yield from pair.ready(at, token)))
    return taken


def _work(pair: _Pair, seconds: float, token: CancelToken) -> Stage[float]:
    """Return the processor time for a second of the pair, every frame shown, time waiting for the decks."""
    begin = pair.common[0]
    ticks = round(min(seconds, pair.common[1] - begin) / _TICK_S)
    yield from pair.ready(begin, token)
    worked = time.process_time()
    shown: list[Fraction | None] = [None, None]
    for tick in range(ticks):
        token.check()
        for number, (deck, lag) in enumerate(zip(pair.decks, pair.lags, strict=True)):
            still = deck.await_sight(begin + tick * _TICK_S - lag, 1.0, _LONGEST_SEEK_S).still
            if still is not None and still.begin != shown[number]:
                still.pixels()
                shown[number] = still.begin
        yield Progress(_STAGE, tick, ticks, "counting its work", "steps")
    return (time.process_time() - worked) / (ticks * _TICK_S)


@contextmanager
def _running(pair: _Pair, speed: float, at: float) -> Iterator[RunningClock]:
    clock = RunningClock()
    clock.go(at)
    clock.run(speed)
    yield clock
    pair.look(clock.at, 0.0)


def _play(pair: _Pair, speed: float, seconds: float, token: CancelToken) -> Stage[Played]:
    low, high = pair.common
    at = low if speed > 0 else high
    seconds = min(seconds, (high - low) / abs(speed))
    yield from pair.ready(at, token)
    seen, worked = _Seen(pair), time.process_time()
    with _running(pair, speed, at) as clock:
        began = time.monotonic()
        while (now := time.monotonic()) - began < seconds:
            token.check()
            seen.tick(pair.look(clock.at, speed), now)
            yield Progress(_STAGE, now - began, seconds, f"{speed:+g}x", "s")
            time.sleep(max(_TICK_S - (time.monotonic() - now), 0.0))
    return Played(
        speed=speed,
        wanted=min(pair.decks[0].fps * abs(speed), 1 / _TICK_S),
        shown=len(seen.exact) / seconds,
        other=len(seen.any - seen.exact) / seconds,
        apart_s=seen.apart,
        longest_s=seen.longest_stand,
        cores=(time.process_time() - worked) / seconds,
    )


class _Seen:
    """What was on screen while playing."""

    def __init__(self, pair: _Pair) -> None:
        self.exact: set[Fraction] = set()
        self.any: set[Fraction] = set()
        self.apart = self.longest_stand = 0.0
        self._pair, self._last = pair, (Fraction(-1), time.monotonic())
        self._frame_s = 1 / min(deck.fps for deck in pair.decks)

    def tick(self, sights: Sequence[Sight], now: float) -> None:
        master = sights[0].still
        if master is not None:
            if master.begin != self._last[0]:
                self.longest_stand = max(self.longest_stand, now - self._last[1])
                self._last = master.begin, now
                for sight in sights:
                    if sight.still is not None:
                        sight.still.pixels()
            self.any.add(master.begin)
            if all(sight.exact for sight in sights):
                self.exact.add(master.begin)
        begins = [
            float(sight.still.begin) + lag
            for sight, lag in zip(sights, self._pair.lags, strict=True)
            if sight.still is not None
        ]
        if len(begins) == 2:
            self.apart = max(self.apart, abs(begins[0] - begins[1]) - self._frame_s)
