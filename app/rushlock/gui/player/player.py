"""What the player does, without a widget: the pair in hand at the lag under consideration, at one moment.

The moment lives on the master's clock. Another lag moves the node alone. While it plays, and until all decks
have what is wanted, a timer asks them sixty times a second; otherwise nothing runs.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rushlock.base.rate import FrameRate
from rushlock.gui.considered import Considered
from rushlock.gui.player.crowd import clip_time, running
from rushlock.gui.player.decks import Box, Decks
from rushlock.gui.player.extent import Ends, common, ends_of_group, ends_of_pair, whole
from rushlock.gui.player.lightening import Lightening
from rushlock.gui.player.loudspeaker import Balance, Loudspeaker, Programme
from rushlock.gui.player.pane import Pane
from rushlock.gui.player.relation import Relation
from rushlock.gui.player.transport import Transport
from rushlock.gui.playhead import Playhead
from rushlock.gui.shoot import FALLBACK_RATE, Row, Shoot

_TICK_MS = 15
_TELL_MS = 50  # the rest of the desk hears of the moving moment no more often
_WATCH_MS = 400


class Player(QObject):
    """Plays the pair in hand.

    Attributes:
        panes: Master, node, and where many are shown others that run at the moment.
        transport: Where one is.
        relation: What the node's time is then.
        balance: Who is heard where.

    Signals:
        refreshed: There is something new to paint.
        panes_changed: Other clips are shown.
        related: The node lies at another lag.
    """

    refreshed = Signal()
    panes_changed = Signal()
    related = Signal()

    def __init__(
        self,
        considered: Considered,
        playhead: Playhead,
        decks: Decks,
        lightening: Lightening,
        loudspeaker: Loudspeaker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.panes: Sequence[Pane] = ()
        self.transport, self.relation = Transport(self), Relation()
        self.balance = Balance.SPLIT
        self._considered, self._playhead = considered, playhead
        self._decks, self._lightening, self._loudspeaker = decks, lightening, loudspeaker
        self._shoot = Shoot()
        self._many, self._box = 2, (640, 360)
        self._active, self._fresh, self._following = False, True, False
        self._pair = ("", "")
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._telling = QTimer(self, interval=_TELL_MS)
        self._watching = QTimer(self, interval=_WATCH_MS)
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.tick)
        self._telling.timeout.connect(self._tell_playhead)
        self._watching.timeout.connect(self._watch)
        self._considered.pair_changed.connect(self._take_pair)
        self._considered.lag_changed.connect(self._take_lag)
        self._playhead.moved.connect(self._follow_playhead)
        self._lightening.made.connect(self._decks.show_light)
        self._lightening.made.connect(lambda _: self._timer.start())
        self.transport.jumped.connect(self._jumped)
        self.transport.changed.connect(self._run_changed)

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self._shoot = shoot

    # What is shown.

    def activate(self, active: bool) -> None:
        """Decode while somebody looks, and only then."""
        if active == self._active:
            return
        self._active = active
        if active:
            self._loudspeaker.warm()
            self._show_panes()
        else:
            self.transport.run(0.0)
            self._timer.stop()
            self._lightening.stop()
            self._decks.close()

    def show_many(self, count: int) -> None:
        """Show so many clips, the pair and others that run at the moment."""
        self._many = count
        self._relate()
        self._show_panes()

    def fit(self, box: Box) -> None:
        """Make pictures for places of this size, pixels of the screen."""
        self._box = box
        self._want()

    @property
    def group(self) -> int | None:
        """The group on whose clock the pair lies, None if it is not placed."""
        for row in (self._considered.master, self._considered.node):
            if row is not None and row.placement is not None and row.start is not None:
                return row.placement.group
        return None

    @property
    def seconds(self) -> float | None:
        """The moment on that group's clock."""
        master, node, at = self._considered.master, self._considered.node, self.transport.at
        for row, own in ((master, at), (node, self.relation.node_time(at))):
            if row is not None and row.placement is not None and row.placement.clock is not None:
                return row.placement.clock.at(own)
        return None

    @property
    def node_rate(self) -> FrameRate:
        """The rate by whose frames the node is nudged."""
        node = self._considered.node
        return (node.clip.rate if node is not None else None) or self._shoot.rate or FALLBACK_RATE

    @property
    def word(self) -> str:
        """What to say about sound."""
        return self._loudspeaker.word if self.balance is not Balance.MUTE else ""

    # What one can do.

    def step(self, frames: int) -> None:
        """Stand, and go some frames of the master on or back: to the middle of what is then on screen."""
        if self.transport.speed:
            self.transport.run(0.0)
        self.tick()
        for _ in range(abs(frames)):
            self.transport.go(self._neighbour(1 if frames > 0 else -1))

    def leap(self, seconds: float) -> None:
        """Go some seconds on or back."""
        self.transport.go(self.transport.at + seconds)

    def to_edge(self, way: int) -> None:
        """Go to where both begin (-1) or end (1)."""
        low, high = common(self._ends)
        self.transport.go(low if way < 0 else high - 0.5 / float(self.node_rate.fps))

    def nudge(self, frames: int, milliseconds: int = 0) -> None:
        """Move the node later against the master, or earlier."""
        self._considered.nudge(frames / float(self.node_rate.fps) + milliseconds / 1000)

    def mark_master(self) -> None:
        """Mark this moment in the master: the middle of the frame on screen."""
        if self.panes:
            self.tick()
            self.transport.mark(master=self.panes[0].look.middle)

    def mark_node(self) -> None:
        """Mark this moment in the node: the middle of the frame on screen."""
        if len(self.panes) > 1:
            self.tick()
            self.transport.mark(node=self.panes[1].look.middle)

    def hear(self, balance: Balance) -> None:
        """Hear both, or one of them, or nothing."""
        self.balance = balance
        self._sound()

    def stop(self) -> None:
        """Ask all threads to end."""
        self.activate(False)
        self._lightening.stop()
        self._loudspeaker.stop()

    def wait(self) -> None:
        """Block until they are gone."""
        self._decks.wait()
        self._lightening.wait()
        self._loudspeaker.close()

    # Keeping in step.

    def tick(self) -> None:
        """Look at the moment that it is now; stop asking once it stands and all is there."""
        self.transport.tick()
        heard = self._loudspeaker.heard
        if heard is not None and self.transport.speed == 1:
            self.transport.clock.follow(heard)
        if self._many > 2:
            self._mind_crowd()
        at, speed = self.transport.at, self.transport.speed
        changed = self._refresh_panes(at, speed)
        if not speed and self._decks.all_settled():
            changed |= self._refresh_panes(at, speed)  # what came in between
            self._timer.stop()
        if changed:
            self.refreshed.emit()

    def _refresh_panes(self, at: float, speed: float) -> bool:
        times = zip(self.panes, self._own_times(at), strict=True)
        changed = [pane.refresh(own, speed) for pane, own in times]
        return any(changed)

    def _own_times(self, at: float) -> list[float]:
        """Return the clip time of every pane at a moment of the master."""
        times = [at, self.relation.node_time(at)][: len(self.panes)]
        seconds = self.seconds
        for pane in self.panes[2:]:
            own = None if seconds is None else clip_time(pane.row, seconds)
            times.append(-1.0 if own is None else own)
        return times

    def _neighbour(self, way: int) -> float:
        """Return the middle of the next (1) or last (-1) frame on screen, on the master's clock."""
        number = next((n for n, pane in enumerate(self.panes) if pane.deck is not None), None)
        at = self.transport.at
        if number is None:
            return at + way / float(self.node_rate.fps)
        pane = self.panes[number]
        own = self._own_times(at)[number]
        pane.refresh(own, 0.0)
        beside = pane.beside(own, way)
        return beside if number == 0 else self.relation.master_time(beside)

    def _take_pair(self) -> None:
        pair = _key(self._considered.master), _key(self._considered.node)
        if pair != self._pair:
            self._pair, self._fresh = pair, True
            self.transport.run(0.0)
            self.transport.clear_marks()
        self._relate()
        self._show_panes()

    def _take_lag(self) -> None:
        self._relate()
        if self._fresh:
            self._fresh = False
            self._go_to_first_moment()
        self._sound()
        if self._active:
            self._timer.start()
            self.tick()

    def _relate(self) -> None:
        considered = self._considered
        args = considered.master, considered.node, considered.lag, considered.lag_in_place
        self.relation = Relation.of(*args)
        self.transport.relate(self.relation, *self._whole)
        self.related.emit()

    @property
    def _ends(self) -> list[Ends]:
        return ends_of_pair(self._considered.master, self._considered.node, self.relation)

    @property
    def _whole(self) -> Ends:
        """Where there is something to be seen."""
        others = ends_of_group(self._shoot, self._considered.master, self.group) if self._many > 2 else []
        return whole([*self._ends, *others])

    def _go_to_first_moment(self) -> None:
        """Look where the playhead is if both run there, else where they begin to."""
        low, high = common(self._ends)
        at = self._at_playhead()
        self.transport.go(at if at is not None and low <= at < high else low)

    def _at_playhead(self) -> float | None:
        """Return the playhead on the master's clock, None where it is on another group's."""
        if self._playhead.group is None or self._playhead.group != self.group:
            return None
        master, node = self._considered.master, self._considered.node
        if master is not None and (own := clip_time(master, self._playhead.seconds)) is not None:
            return own
        if node is not None and (own := clip_time(node, self._playhead.seconds)) is not None:
            return self.relation.master_time(own)
        return None

    def _follow_playhead(self) -> None:
        at = self._at_playhead()
        if at is not None and not self._following and abs(at - self.transport.at) > 1e-9:
            self._following = True
            self.transport.go(at)
            self._following = False

    def _tell_playhead(self) -> None:
        seconds = self.seconds
        if seconds is not None and self._active and not self._following:
            self._following = True
            self._playhead.move(seconds, self.group)
            self._following = False

    def _jumped(self) -> None:
        self._sound()
        self._tell_playhead()
        if self._active:
            self._timer.start()
            self.tick()

    def _run_changed(self) -> None:
        self._sound()
        if self.transport.speed and self._active:
            for timer in (self._timer, self._telling, self._watching):
                timer.start()
        else:
            self._telling.stop()
            self._watching.stop()
            self._tell_playhead()
            if self._active:
                self._timer.start()
        self.refreshed.emit()

    def _watch(self) -> None:
        if self.transport.speed == 1:
            for pane in self.panes:
                self._lightening.watch(pane)

    def _sound(self) -> None:
        master, node = self._considered.master, self._considered.node
        heard = self._active and self.transport.speed == 1 and self.balance is not Balance.MUTE
        if not heard or (master is None and node is None):
            self._loudspeaker.stop()
            return
        one, other = (None if row is None else row.clip for row in (master, node))
        self._loudspeaker.play(Programme(one, other, self.relation, self.transport.at, self.balance))

    def _show_panes(self) -> None:
        known = {pane.row.key: pane for pane in self.panes}
        rows = self._rows()
        self.panes = [
            known[row.key] if row.key in known and known[row.key].row is row else Pane(row, self._decks)
            for row in rows
        ]
        self._want()
        self.panes_changed.emit()

    def _rows(self) -> list[Row]:
        pair = [row for row in (self._considered.master, self._considered.node) if row is not None]
        if self._many == 2 or self.seconds is None:
            return pair
        return running(self._shoot, self.group, self.seconds, pair, self._many)

    def _mind_crowd(self) -> None:
        if [row.key for row in self._rows()] != [pane.row.key for pane in self.panes]:
            self._show_panes()

    def _want(self) -> None:
        if self._active:
            self._decks.want({pane.row.key: (pane.row.clip, self._box) for pane in self.panes})
            self._timer.start()


def _key(row: Row | None) -> str:
    return "" if row is None else row.key
