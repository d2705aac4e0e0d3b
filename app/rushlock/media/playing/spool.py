"""The reels of a deck: files open for reading on and for reading backwards, the scaler, how fast both go.

For one thread. It knows what to read and how to make stills, not what is shown: that is ``deck``'s.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rushlock.base.progress import CancelToken
from rushlock.media.clip import PictureStream
from rushlock.media.playing.easel import Easel
from rushlock.media.playing.footage import Footage, FrameSource, Span, Stamped
from rushlock.media.playing.plan import Aim, Place, spacing_of
from rushlock.media.playing.run import Entry

_SIGN_OF_LIFE_S = 1 / 15
_PACE_FRAMES = 25
_STILL_SKIPPED = 20  # frames that may come out of a decoder after it was told to leave none out any more


@dataclass(frozen=True, slots=True)
class Found:
    """What reading brought.

    Attributes:
        entries: In order.
        from_start: Whether no frame of the clip precedes them.
        ended: Whether no frame of the clip follows.
        skipped: Whether frames may have been left out before them.
    """

    entries: Sequence[Entry] = ()
    from_start: bool = False
    ended: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """Which frames are to be made into stills.

    Attributes:
        at: The moment aimed at, clip time in seconds.
        since: Frames that begin earlier only count if they are on screen at ``at``.
        spacing: Stills may lie this far apart, seconds of clip time.
        moving: Whether late stills are better than none.
    """

    at: float
    since: float
    spacing: float = 0.0
    moving: bool = False

    @classmethod
    def of(cls, aim: Aim, behind: int, fps: float) -> "Want":
        """Return what an aim wants with so many stills before it."""
        speed = abs(aim.speed)
        lead = behind / fps * max(speed, 1.0)
        return cls(aim.at, aim.at - lead, spacing_of(speed), speed > 0)


class Spool:
    """Reads one clip.

    Attributes:
        place: Where reading on stands; None: nowhere.
        fps: Frames a second of work, decoded and made into stills; None before they were measured.
    """

    def __init__(
        self, footage: Footage, box: tuple[int, int], token: CancelToken, *, threads: int, hardware: bool
    ) -> None:
        """Set up; files are opened when needed.

        Args:
            footage: What to read.
            box: What stills shall fit into.
            token: Checked at every packet.
            threads: Frames that FFmpeg decodes at the same time.
            hardware: Let the graphics card decode if it can.
        """
        self.place: Place | None = None
        self.fps: float | None = None
        # What decoding takes of a processor, where that can be told: others may keep the machine busy.
        self._now = time.thread_time if threads == 1 else time.perf_counter
        self._box, self._token = box, token
        self._onward = FrameSource(footage, threads, hardware=hardware)
        self._back = FrameSource(footage, threads, hardware=hardware)
        self._easels: dict[PictureStream, Easel] = {}
        self._cursor: Iterator[Stamped] | None = None
        self._held: Stamped | None = None
        self._since = 0.0
        self._skipping, self._leaving_out = 0, False
        self._latest_still, self._latest_made = 0.0, 0.0
        self._work_s, self._work_frames = 0.0, 0

    def close(self) -> None:
        """Close all files."""
        self._cursor, self.place = None, None
        self._onward.close()
        self._back.close()

    @property
    def late(self) -> float:
        """See ``FrameReader.late``."""
        return float(self._onward.late)

    @property
    def failed(self) -> Span | None:
        """What could not be opened, if anything."""
        return self._onward.failed or self._back.failed

    @property
    def leaving_out(self) -> bool:
        """Whether frames may be missing."""
        return self._skipping > 0

    def leave_out(self, unneeded: bool) -> None:
        """Leave out frames that no other is made from, or decode all."""
        if unneeded:
            self._skipping = _STILL_SKIPPED
        self._leaving_out = unneeded
        self._onward.leave_out(unneeded)

    def key_before(self, at: float) -> float | None:
        """Return where a seek would land, None if nobody knows."""
        key = self._onward.key_before(Fraction(at))
        return None if key is None else float(key)

    def seek(self, at: float, since: float) -> None:
        """Go on reading from the frame at an instant; from ``since`` on no frame is left out on the way."""
        self._cursor = self._onward.frames(Fraction(at), self._token, Fraction(since))
        self._since = since
        self._held = None
        self.place = Place(at, at)

    def forward(self, after: float | None, want: Want) -> Found:
        """Read one frame on.

        Args:
            after: Frames up to this one are there already; None: none are.
            want: What is wanted.

        Raises:
            MediaError: A file cannot be read.
        """
        began = self._now()
        came = next(self._cursor, None) if self._cursor is not None else None
        if came is None:
            held, self._held = self._held, None
            last = [] if held is None or after is not None else [self._entry(held, True)]
            return Found(last, ended=True)
        sought = want.at if self.place is None else self.place.target
        self.place = Place(sought, float(came.begin))
        found = self._sorted_in(came, after, want, sought)
        self._measure(self._now() - began)
        return found

    def backward(
        self, low: float, high: float, spacing: float, unwanted: Callable[[], bool], *, rough: bool
    ) -> Found | None:
        """Read the frames that begin from ``low`` on and before ``high``, at least one if there is one.

        Args:
            low: Clip time, seconds.
            high: Clip time, seconds.
            spacing: Stills may lie this far apart, seconds.
            unwanted: Asked after every frame.
            rough: Leave out frames that no other is made from, to be quick.

        Returns:
            None if it was no longer wanted.

        Raises:
            MediaError: A file cannot be read.
        """
        entries: list[Entry] = []
        held: Stamped | None = None
        self._back.leave_out(rough)
        from_start, made = True, low - spacing
        for came in self._back.frames(Fraction(low), self._token):
            begin = float(came.begin)
            if unwanted():
                return None
            if begin >= high:
                break
            from_start &= begin > low or bool(entries)
            if begin < low:
                held = came
                continue
            wanted = begin - made >= spacing
            made = begin if wanted else made
            entries.append(replace(self._entry(came, wanted), sure=not rough))
        if not entries and held is not None:
            return Found([self._entry(held, True)])
        return Found(entries, from_start=from_start)

    def _sorted_in(self, came: Stamped, after: float | None, want: Want, sought: float) -> Found:
        """Return what a frame adds."""
        begin = float(came.begin)
        skipped = self._skipping > 0
        if skipped and not self._leaving_out:
            self._skipping -= 1
        if after is not None:
            if begin <= after:
                return Found()
            return Found([self._entry(came, self._worth(begin, want))], skipped=skipped)
        before, self._held = self._held, came
        if begin <= want.at + self.late and begin < max(want.since, self._since):
            if not (want.moving and self._for_long):
                return Found()
            return Found([replace(self._entry(came, True), sure=False)])
        came_first = before is None and begin > sought + self.late
        entries = [] if before is None or begin <= want.at + self.late else [self._entry(before, True)]
        self._held = None
        return Found([*entries, self._entry(came, True)], from_start=came_first, skipped=skipped)

    def _worth(self, begin: float, want: Want) -> bool:
        """Whether to make a still: the frame is not late and not too near the last, or none came for long."""
        if begin >= want.since:
            return begin - self._latest_made >= want.spacing or begin < self._latest_made
        return self._for_long

    @property
    def _for_long(self) -> bool:
        """Whether no still was made for so long that a late one is better than none."""
        return time.monotonic() - self._latest_still > _SIGN_OF_LIFE_S

    def _entry(self, stamped: Stamped, wanted: bool) -> Entry:
        begin = float(stamped.begin)
        if not wanted:
            return Entry(begin)
        self._latest_still, self._latest_made = time.monotonic(), begin
        stream = stamped.span.file.pictures[0]
        easel = self._easels.setdefault(stream, Easel(stream, self._box))
        still = easel.still(stamped.frame, stamped.begin, stamped.pixel, light=stamped.span.light)
        return Entry(begin, still)

    def _measure(self, seconds: float) -> None:
        self._work_s += seconds
        self._work_frames += 1
        if self._work_frames >= _PACE_FRAMES:
            self.fps = self._work_frames / max(self._work_s, 1e-6)
            self._work_s, self._work_frames = 0.0, 0
