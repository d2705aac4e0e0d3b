"""Both sounds on a sound device: left and right, one of them, or mixed; from a thread of its own.

Qt's audio sink lives in that thread with everything that could block (decoding, a sound server that takes its
time), and is loaded by it when something is first played. The device's position leads the player's clock.
Where there is no device, pictures play on by the monotonic clock and ``word`` says so.

A change of lag or place is heard after what the device has buffered, some 120 ms.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtGui import QGuiApplication

from rushlock.gui.player.relation import Relation
from rushlock.gui.words import tr
from rushlock.media.clip import Clip

if TYPE_CHECKING:
    from rushlock.media.playing.listening import Listener
    from rushlock.media.sound import Floats

RATE = 48_000

_BUFFER_S = 0.12
_BLOCK_S = 0.04
_NAP_S = 0.01
_SILENT_PLATFORMS = ("offscreen", "minimal")

_log = logging.getLogger(__name__)


class Balance(Enum):
    """Who is heard where."""

    SPLIT = "split"
    MASTER = "master"
    NODE = "node"
    MIX = "mix"
    MUTE = "mute"


def mixed(master: "Floats", node: "Floats", balance: Balance) -> "Floats":
    """Return float32 (n, 2), left and right, of two sounds of n samples."""
    if balance is Balance.SPLIT:
        sides = (master, node)
    elif balance is Balance.MIX:
        both = (master + node) * np.float32(0.5)
        sides = (both, both)
    else:
        one = {Balance.MASTER: master, Balance.NODE: node}.get(balance, np.zeros_like(master))
        sides = (one, one)
    return np.ascontiguousarray(np.stack(sides, axis=1), np.float32)


class Sink(Protocol):
    """What sound is written to."""

    def free(self) -> int:
        """Return how many stereo samples can be written now."""

    def write(self, samples: "Floats") -> None:
        """Play float32 (n, 2)."""

    def heard_s(self) -> float:
        """Return how many seconds were heard since the sink was made."""

    def close(self) -> None:
        """Be silent at once."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What is to be heard.

    Attributes:
        master: The master's clip, None: nobody.
        node: The node's.
        relation: How they lie.
        at: From which moment of the master on, clip time in seconds.
        balance: Who is heard where.
    """

    master: Clip | None
    node: Clip | None
    relation: Relation
    at: float
    balance: Balance


class Loudspeaker:
    """Plays programmes at normal speed."""

    def __init__(self, open_sink: "Callable[[], Sink | None] | None" = None) -> None:
        """Set up; nothing is loaded before something is played.

        Args:
            open_sink: Opens a sound device in the thread that will use it, None if there is none; by
                default Qt's.
        """
        self.word = ""
        self._open_sink = open_sink or open_qt_sink
        self._lock = threading.Condition()
        self._programme: Programme | None = None
        self._heard: float | None = None
        self._closing = False
        self._thread: threading.Thread | None = None

    def play(self, programme: Programme) -> None:
        """Play this from now on."""
        with self._lock:
            self._programme, self._heard = programme, None
            self._lock.notify_all()
        self.warm()

    def warm(self) -> None:
        """Load what will be needed, while nobody waits for it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="loudspeaker", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Be silent."""
        with self._lock:
            self._programme = self._heard = None
            self._lock.notify_all()

    @property
    def heard(self) -> float | None:
        """The moment of the master that is heard now, clip time in seconds; None: nothing is heard."""
        return self._heard

    def close(self) -> None:
        """End the thread."""
        with self._lock:
            self._closing = True
            self._lock.notify_all()
        if self._thread is not None:
            self._thread.join()

    # The thread.

    def _work(self) -> None:
        sink = self._open_sink()  # the first time takes a fifth of a second
        if sink is not None:
            sink.close()
        while (programme := self._next()) is not None:
            sink = self._open_sink()
            if sink is None:
                self.word = tr("player", "No sound device was found: pictures only.")
                self._wait_for_another(programme)
            else:
                self.word = ""
                self._play_on(sink)

    def _next(self) -> Programme | None:
        with self._lock:
            while self._programme is None and not self._closing:
                self._lock.wait()
            return None if self._closing else self._programme

    def _wait_for_another(self, programme: Programme) -> None:
        with self._lock:
            while self._programme is programme and not self._closing:
                self._lock.wait()

    def _play_on(self, sink: Sink) -> None:
        """Feed a sink with one programme after the other until there is none."""
        written = 0
        try:
            while (programme := self._programme) is not None and not self._closing:
                written = self._feed(programme, sink, written)
        finally:
            sink.close()

    def _feed(self, programme: Programme, sink: Sink, before: int) -> int:
        """Feed a programme until there is another; return how many samples the sink was given by then."""
        ears, block, written = _Ears(programme), round(_BLOCK_S * RATE), before
        try:
            while self._programme is programme and not self._closing:
                if sink.free() >= block:
                    sink.write(ears.block(programme.at + (written - before) / RATE, _BLOCK_S))
                    written += block
                else:
                    with self._lock:
                        self._lock.wait(_NAP_S)
                self._tell(programme, sink.heard_s() - before / RATE)
        finally:
            ears.close()
        return written

    def _tell(self, programme: Programme, heard: float) -> None:
        with self._lock:
            if self._programme is programme and heard > 0:
                self._heard = programme.at + heard


class _Ears:
    """Reads and mixes both sounds, a second at a time."""

    _AHEAD_S = 1.0

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._listeners: list[Listener | None] | None = None
        self._begin = 0.0
        self._mixed: Floats = np.zeros((0, 2), np.float32)

    def close(self) -> None:
        for listener in self._listeners or ():
            if listener is not None:
                listener.close()

    def block(self, at: float, seconds: float) -> "Floats":
        """Return float32 (n, 2) from a moment of the master on; moments follow each other."""
        first = round((at - self._begin) * RATE)
        count = round(seconds * RATE)
        if first + count > len(self._mixed) or first < 0:
            self._mixed, self._begin, first = self._read(at), at, 0
        return self._mixed[first : first + count]

    def _read(self, at: float) -> "Floats":
        from rushlock.media.playing.listening import Listener

        programme = self._programme
        if self._listeners is None:
            clips = (programme.master, programme.node)
            self._listeners = [None if clip is None else Listener(clip) for clip in clips]
        times = at, programme.relation.node_time(at)
        silent = np.zeros(round(self._AHEAD_S * RATE), np.float32)
        master, node = (
            silent if listener is None else listener.read(time, self._AHEAD_S)
            for listener, time in zip(self._listeners, times, strict=True)
        )
        return mixed(master, node, programme.balance)


def open_qt_sink() -> Sink | None:
    """Return the computer's own sound device, None where there is none or Qt cannot use it."""
    if QGuiApplication.platformName() in _SILENT_PLATFORMS:
        return None  # nobody sits before this screen
    try:
        from rushlock.gui.player.qt_sink import QtSink
    except ImportError as error:
        _log.info("no sound: %s", error)
        return None
    return QtSink.opened(RATE, _BUFFER_S)
