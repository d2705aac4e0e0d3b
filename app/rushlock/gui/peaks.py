"""Waveforms for whoever draws them: at once from memory, else fetched behind the scenes.

A view asks for what it is about to draw, each time it draws; what is not in memory yet is drawn without, and
``arrived`` says when it is worth drawing again. What was asked for last is fetched first, so that what is in
view overtakes what has scrolled away. Two errands run side by side: one reads what the cache holds, a
handful of clips at a time, one decodes a single clip. Decoding stops for something newer once nobody has
asked for its clip for a while.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import open_default
from rushlock.gui.shoot import Shoot
from rushlock.gui.side_job import SideJob
from rushlock.media.clip import Clip

if TYPE_CHECKING:
    from rushlock.features.peaks import PeakTrack

MEMORY_BYTES = 96 * 2**20
_AT_ONCE = 24  # clips read in one errand
_MOST_WANTED = 4000
_FORGOTTEN_S = 2.0  # after which a clip that nobody asked for again may wait

Pairs = npt.NDArray[np.int8]
Read = dict[str, "PeakTrack | None"]


class Peaks(QObject):
    """Peaks of the shoot's clips by key.

    Signals:
        arrived: The key of a clip whose peaks can be had from now on.
    """

    arrived = Signal(str)

    def __init__(self, settings: Callable[[], Settings] = Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clips: Mapping[str, Clip] = {}
        self._held: OrderedDict[str, PeakTrack] = OrderedDict()  # the least recently used first
        self._bytes = 0
        self._unread: OrderedDict[str, float] = OrderedDict()  # key to when asked for, the latest last
        self._unmade: OrderedDict[str, float] = OrderedDict()
        self._mute: set[str] = set()
        self._in_hand = "", 0.0
        self._reading, self._making = SideJob(self), SideJob(self)
        self._reading.ended.connect(self._read_on)
        self._making.ended.connect(self._make_on)
        self._making.failed.connect(self._give_up)

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot; clips that are gone are no longer fetched."""
        self._clips = {row.key: row.clip for row in shoot.rows}
        for wanted in (self._unread, self._unmade):
            for key in [key for key in wanted if key not in self._clips]:
                del wanted[key]
        self._mute.clear()  # media may be back where they were

    def peaks(self, key: str, start: float, end: float, columns: int) -> Pairs | None:
        """Return int8 (columns, 2), lowest and highest value in equal parts of a stretch of clip time.

        127 is what few seconds of the clip reach. None where the peaks are not here yet: they are fetched,
        and ``arrived`` tells. Clips without sound stay None.
        """
        track = self._held.get(key)
        if track is not None:
            self._held.move_to_end(key)
            return track.columns(start, end, columns)
        self._want(key)
        return None

    def has(self, key: str) -> bool:
        """Return whether ``peaks`` would answer; fetches nothing."""
        return key in self._held

    def stop(self) -> None:
        """Forget what is wanted and stop fetching."""
        self._unread.clear()
        self._unmade.clear()
        for job in (self._reading, self._making):
            job.stop()

    def wait(self) -> None:
        """Block until no thread runs (closing the window; tests)."""
        for job in (self._reading, self._making):
            job.wait()

    def _want(self, key: str) -> None:
        clip = self._clips.get(key)
        if clip is None or key in self._mute or not clip.has_sound:
            return
        now = time.monotonic()
        if key == self._in_hand[0]:
            self._in_hand = key, now
        elif key in self._unmade:
            self._unmade[key] = now
            self._unmade.move_to_end(key)
        else:
            self._unread[key] = now
            self._unread.move_to_end(key)
            if len(self._unread) > _MOST_WANTED:
                self._unread.popitem(last=False)
            self._read_on()

    def _read_on(self) -> None:
        """Read the next handful from the cache."""
        if self._reading.busy or not self._unread:
            return
        clips = [self._clips[key] for key in list(reversed(self._unread))[:_AT_ONCE]]
        settings = self._settings()
        self._reading.start(lambda token: _read(clips, settings, token), self._take_read)

    def _take_read(self, found: Read) -> None:
        for key, track in reversed(found.items()):  # the one asked for last ends up in front
            asked = self._unread.pop(key, None)
            if track is not None:
                self._hold(key, track)
            elif asked is not None:
                self._unmade[key] = asked
        self._make_on()

    def _make_on(self) -> None:
        """Decode the clip asked for last; put away one in hand that nobody looks at any more."""
        if not self._unmade:
            return
        if self._making.busy:
            self._put_back_forgotten()
            return
        key, asked = self._unmade.popitem()
        self._in_hand = key, asked
        clip, settings = self._clips[key], self._settings()
        self._making.start(lambda token: _made(clip, settings, token), self._take_made)

    def _put_back_forgotten(self) -> None:
        """Stop the clip in hand if it waits for nobody; the end of its errand begins the next."""
        key, asked = self._in_hand
        if key and time.monotonic() - asked > _FORGOTTEN_S:
            self._unmade[key], self._in_hand = asked, ("", 0.0)
            self._unmade.move_to_end(key, last=False)
            self._making.stop()

    def _take_made(self, track: "PeakTrack") -> None:
        key, self._in_hand = self._in_hand[0], ("", 0.0)
        self._hold(key, track)

    def _give_up(self, _error: object) -> None:
        """Ask no more for a clip whose sound cannot be read; the bin says why."""
        self._mute.add(self._in_hand[0])
        self._in_hand = "", 0.0

    def _hold(self, key: str, track: "PeakTrack") -> None:
        old = self._held.pop(key, None)
        self._held[key] = track
        self._bytes += track.size - (0 if old is None else old.size)
        while self._bytes > MEMORY_BYTES and len(self._held) > 1:
            self._bytes -= self._held.popitem(last=False)[1].size
        self.arrived.emit(key)


def _read(clips: Sequence[Clip], settings: Settings, token: CancelToken) -> Stage[Read]:
    """Return what the cache holds of some clips, None for the rest."""
    from rushlock.features.peaks import held_peaks

    cache = open_default(settings)
    found: Read = {}
    for done, clip in enumerate(clips):
        token.check()
        yield Progress("Drawing sound", done, len(clips), clip.name)
        found[clip.key] = held_peaks(cache, clip)
    return found


def _made(clip: Clip, settings: Settings, token: CancelToken) -> Stage["PeakTrack"]:
    """Decode a clip."""
    from rushlock.features.peaks import peaks_of

    return (yield from peaks_of(clip, open_default(settings), token))
