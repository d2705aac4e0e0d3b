"""A tape deck: one clip, decoded in a thread of its own round the moment it is aimed at.

Whoever draws calls ``aim`` and ``sight`` as often as it likes: neither waits for a decoder. The thread reads
a frame on, or a stretch of frames before those it has, and asks ``plan.next_move`` anew what comes next; a
jump, a turn or a nudge therefore needs no special case.

Memory is bounded by bytes. Backwards whole stretches are decoded ahead of the moment, so that each frame of a
long group of pictures is decoded about once or twice.

A deck that cannot keep up first stops scaling what is late, then leaves out frames that no other is made from
(mostly half to two thirds of them); ``pace`` says so, and how many frames a second it does. As soon as the
moment stands still, the very frame is decoded.
"""

import threading
import time
from dataclasses import dataclass

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken
from rushlock.media.pictures import HOLD_S
from rushlock.media.playing.easel import bytes_of
from rushlock.media.playing.footage import Footage
from rushlock.media.playing.plan import Aim, Move, Reach, next_move, spacing_of
from rushlock.media.playing.run import Run, Sight
from rushlock.media.playing.spool import Found, Spool, Want

BUDGET_BYTES = 160 * 2**20

_FEW = 8  # stills round a moment that stands
_LEAST, _MOST = 3 * _FEW, 500
_AHEAD_S = 1.5
_LATE_S = 0.08
_RECOVERED_S = 0.5
_SPARE = 0.4  # part of the time that reading backwards in haste may take, to read all frames again
_FALLBACK_FPS = 25.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a deck gets on.

    Attributes:
        fps: Frames decoded and made into stills a second of work; None before any were measured. Another
            program that takes the processor away does not count, if FFmpeg decodes in one thread.
        struggling: Whether frames are left out because decoding is too slow.
    """

    fps: float | None
    struggling: bool


class Deck:
    """One clip to be watched.

    Attributes:
        fps: The clip's nominal rate.
        duration: Of the clip, seconds.
    """

    def __init__(
        self,
        footage: Footage,
        box: tuple[int, int] = (640, 360),
        *,
        threads: int = 1,
        budget: int = BUDGET_BYTES,
        hardware: bool = False,
        keep_all: bool = False,
    ) -> None:
        """Set up; the thread starts with the first aim.

        Args:
            footage: What to read; its clip has a picture.
            box: Width and height that stills shall fit into, pixels of the screen.
            threads: Frames that FFmpeg decodes at the same time.
            budget: Bytes that stills may take.
            hardware: Let the graphics card decode if it can.
            keep_all: Leave no frame out, however late.
        """
        rate = footage.clip.rate
        self.fps = _FALLBACK_FPS if rate is None else float(rate.fps)
        self.duration = float(footage.clip.duration)
        self._lock = threading.Condition()
        self._footage, self._box, self._budget = footage, box, budget
        self._threads, self._hardware = threads, hardware
        self._keep_all, self._back_slow = keep_all, False
        self._stretch = _FEW
        self._aim, self._run = Aim(), Run(1 / self.fps)
        self._trouble: tuple[str, float, float] | None = None
        self._renewed, self._busy, self._stop = True, False, CancelToken()
        self._thread: threading.Thread | None = None
        self._spool = self._new_spool()

    # For whoever draws.

    def aim(self, at: float, speed: float = 0.0) -> None:
        """Look at a moment of clip time, in seconds, that moves at a speed."""
        aim = Aim(min(max(at, 0.0), self.duration), speed)
        with self._lock:
            if self._aim != aim:
                self._aim = aim
                self._lock.notify_all()
            if self._thread is None and not self._stop.cancelled:
                self._busy = True
                self._thread = threading.Thread(target=self._work, name="deck", daemon=True)
                self._thread.start()

    def sight(self, at: float) -> Sight:
        """Return what is known of an instant of clip time, in seconds."""
        with self._lock:
            return Sight(exact=True) if self._troubled(at) else self._run.sight(at)

    def await_sight(self, at: float, speed: float = 0.0, timeout: float = 30.0) -> Sight:
        """Aim and wait for the very frame, or for what is wrong; for measurements, not for windows."""
        self.aim(at, speed)
        with self._lock:
            self._lock.wait_for(lambda: self._run.sight(at).exact or self._troubled(at), timeout)
        return self.sight(at)

    def trouble(self, at: float) -> str:
        """Return why nothing can be shown at an instant, in words for the user; empty: nothing is wrong."""
        with self._lock:
            return self._trouble[0] if self._trouble is not None and self._troubled(at) else ""

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do until the aim changes."""
        with self._lock:
            return not self._busy and not self._renewed and self._move() is Move.REST

    @property
    def stills(self) -> int:
        """How many stills are in memory."""
        with self._lock:
            return self._run.stills

    @property
    def pace(self) -> Pace:
        """How it gets on."""
        return Pace(self._spool.fps, self._spool.leaving_out)

    @property
    def closed(self) -> bool:
        """Whether it is closed and its thread gone."""
        return self._stop.cancelled and (self._thread is None or not self._thread.is_alive())

    def fit(self, box: tuple[int, int]) -> None:
        """Make stills for a box of another size from now on."""
        with self._lock:
            if box != self._box:
                self._box, self._renewed = box, True
                self._lock.notify_all()

    def show(self, footage: Footage) -> None:
        """Read the same clip from other files from now on (it was found again, a light copy is there)."""
        with self._lock:
            self._footage, self._renewed = footage, True
            self._lock.notify_all()

    def close(self, *, wait: bool = False) -> None:
        """End the thread; ``wait`` until it is gone."""
        self._stop.cancel()
        with self._lock:
            self._lock.notify_all()
        if wait and self._thread is not None:
            self._thread.join()

    # The thread.

    def _work(self) -> None:
        try:
            while True:
                move, aim = self._next()
                try:
                    self._do(move, aim)
                except MediaError as error:
                    self._give_up(error, move)
                with self._lock:
                    self._lock.notify_all()  # somebody may wait for what came
        except Cancelled:
            self._spool.close()

    def _next(self) -> tuple[Move, Aim]:
        """Wait until there is something to do.

        Raises:
            Cancelled: The deck is closed.
        """
        with self._lock:
            self._busy = False
            while not self._stop.cancelled:
                if self._renewed:
                    self._renew()
                self._run.cut_gaps(self._aim.at, spacing_of(self._aim.speed))  # of a shuttle, of a jump on
                move = self._move()
                if move is not Move.REST:
                    self._busy = True
                    return move, self._aim
                self._lock.wait()
        raise Cancelled

    def _move(self) -> Move:
        """Return what to do next; the lock is held."""
        aim = self._aim
        if self._troubled(aim.at):
            return Move.REST
        blocked = self._trouble is not None and self._run.until == self._trouble[1]
        move = next_move(self._run, aim, self._reach(aim), self._spool.place, self._spool.key_before)
        return Move.REST if blocked and move is Move.FORWARD else move

    def _troubled(self, at: float) -> bool:
        return self._trouble is not None and self._trouble[1] <= at < self._trouble[2]

    def _reach(self, aim: Aim) -> Reach:
        if aim.speed == 0:
            return Reach(2 * _FEW, _FEW)
        if aim.speed > 0:
            return Reach(min(self._room - _FEW, max(round(_AHEAD_S * self.fps), _FEW)), 2)
        return Reach(_FEW, self._room // 2)

    def _want(self, aim: Aim) -> Want:
        return Want.of(aim, self._reach(aim).behind, self.fps)

    @property
    def _room(self) -> int:
        """How many stills fit into the budget."""
        return min(max(self._budget // bytes_of(self._box), _LEAST), _MOST)

    def _new_spool(self) -> Spool:
        return Spool(self._footage, self._box, self._stop, threads=self._threads, hardware=self._hardware)

    def _renew(self) -> None:
        """Begin anew with another size or other files; the lock is held."""
        self._renewed, self._trouble = False, None
        self._run.clear()
        self._spool.close()
        self._spool = self._new_spool()

    def _give_up(self, error: MediaError, move: Move) -> None:
        """Note what cannot be read; what was read before stays."""
        with self._lock:
            span = self._spool.failed or self._footage.spans[-1]
            self._trouble = error.reason, float(span.begin), float(span.end)
            if move is Move.BEHIND:
                self._run.from_start = True
            elif not self._run.empty:
                self._run.until = float(span.begin)
            self._spool.close()

    def _do(self, move: Move, aim: Aim) -> None:
        if move is Move.SEEK:
            self._stretch = _FEW
            with self._lock:
                self._run.clear()
            if aim.speed == 0:
                self._spool.leave_out(False)
            self._spool.seek(aim.at, self._want(aim).since)
        elif move is Move.FORWARD:
            self._forward(aim)
        else:
            self._behind(aim)

    def _forward(self, aim: Aim) -> None:
        """Read one frame on."""
        run, spool = self._run, self._spool
        after = None if run.empty else run.high
        if spool.place is None or (after is not None and spool.place.latest > after):
            start = aim.at if after is None else after
            spool.seek(start, start)
        found = spool.forward(after, self._want(aim))
        with self._lock:
            self._take(found)
            if not run.empty:
                self._watch(run.high)
                run.drop_before(self._aim.at - _FEW / self.fps, self._room)

    def _take(self, found: Found) -> None:
        """Add what was read on; the lock is held."""
        run = self._run
        run.late = self._spool.late
        run.from_start |= found.from_start or (found.ended and run.empty and not found.entries)
        for entry in found.entries:
            run.append(entry, skipped=found.skipped)
        if found.ended:
            run.end(float(HOLD_S))

    def _watch(self, high: float) -> None:
        """Leave out frames where reading is late, read all where it is well ahead again; the lock is held."""
        aim = self._aim
        if aim.speed > 0 and aim.at - high > _LATE_S and not self._keep_all:
            self._spool.leave_out(True)
        elif aim.speed <= 0 or self._run.ended or high - aim.at > _RECOVERED_S * aim.speed:
            self._spool.leave_out(False)

    def _behind(self, aim: Aim) -> None:
        """Read a stretch that ends where the run begins."""
        high = self._run.first
        low = high - self._stretch_behind(aim, high)
        count = round((high - low) * self.fps)
        spacing = Want.of(aim, count, self.fps).spacing
        rough = self._back_slow and aim.speed < 0
        began = time.monotonic()
        found = self._spool.backward(low, high, spacing, lambda: self._other_mind(aim, low), rough=rough)
        if found is None:
            return
        taken = (time.monotonic() - began) * -aim.speed
        self._back_slow = not self._keep_all and taken > (high - low) * (_SPARE if rough else 1.0)
        with self._lock:
            self._run.prepend(found.entries)
            self._run.from_start = found.from_start
            self._run.drop_after(self._aim.at + _FEW / self.fps, self._room)

    def _stretch_behind(self, aim: Aim, high: float) -> float:
        """Return how much to read before an instant, seconds: a group of pictures, else more each time.

        A stretch is shown only when it is whole, so the first shall be short; a group of pictures that is not
        read at once is decoded twice.
        """
        if aim.speed == 0:
            return 2 * _FEW / self.fps
        faster = max(1.0, -aim.speed)
        most = max(self._room // 2 - _FEW, _FEW)
        self._stretch = min(2 * self._stretch, most)
        key = self._spool.key_before(high - 0.5 / self.fps)
        if key is not None and high - most / self.fps * faster <= key < high:
            return high - key
        return self._stretch / self.fps * faster

    def _other_mind(self, aim: Aim, low: float) -> bool:
        """Whether a stretch that is being read is no longer wanted."""
        with self._lock:
            now = self._aim
            gone = now.at < low - 1 or now.at > self._run.high + 1
            return self._renewed or gone or now.speed > 0 or now.speed < aim.speed
