"""The viewer: pictures, scrub bar and everything to play, mark and nudge with."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.settings import Settings
from rushlock.gui import words
from rushlock.gui.considered import Considered
from rushlock.gui.icons import icon
from rushlock.gui.peaks import Peaks
from rushlock.gui.player.arranging import Layout
from rushlock.gui.player.controls import Controls
from rushlock.gui.player.decks import Decks
from rushlock.gui.player.lightening import Lightening
from rushlock.gui.player.loudspeaker import Balance, Loudspeaker
from rushlock.gui.player.player import Player
from rushlock.gui.player.screen import Burnt, Screen
from rushlock.gui.player.scrub_bar import ScrubBar
from rushlock.gui.playhead import Playhead
from rushlock.gui.shoot import Shoot
from rushlock.gui.theme import digits_font

if TYPE_CHECKING:
    from rushlock.media.playing.light import LightCopies

T = TypeVar("T")

_NUDGES = ((-1, 0), (1, 0), (-10, 0), (10, 0), (0, -1), (0, 1))


class PlayerView(QWidget):
    """Shows the pair in hand, and plays it.

    Attributes:
        player: What it shows.
        controls: Its actions.

    Signals:
        marked: The moments marked in master and node, each in clip time, seconds.
    """

    marked = Signal(float, float)

    def __init__(
        self,
        considered: Considered,
        playhead: Playhead,
        peaks: Peaks | None,
        settings: Callable[[], Settings],
        parent: QWidget | None = None,
        loudspeaker: Loudspeaker | None = None,
    ) -> None:
        super().__init__(parent)
        self._considered, self._shoot, self._light_word = considered, Shoot(), ""
        copies = _copies_by(settings)
        self._lightening = Lightening(copies, self)
        decks = Decks(copies, lambda: settings().by_hardware)
        speaker = loudspeaker or Loudspeaker()
        self.player = Player(considered, playhead, decks, self._lightening, speaker, self)
        self.controls = Controls(self)
        self.screen_ = Screen(peaks, self)
        self.bar = ScrubBar(peaks, self)
        self._make_words()
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Viewer"))
        self._show_panes()

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self._shoot = shoot
        self.player.show_shoot(shoot)
        self._show_moment()

    def stop(self) -> None:
        """Ask all threads to end (the window is closing)."""
        self.player.stop()

    def wait(self) -> None:
        """Block until they are gone."""
        self.player.wait()

    # Making.

    def _make_words(self) -> None:
        self._lag, self._moved, self._moment, self._speed, self._word = (QLabel(self) for _ in range(5))
        self._lag.setToolTip(self.tr("The node's start minus the master's, in frames of the node"))
        for label in (self._lag, self._moved, self._moment, self._speed):
            label.setFont(digits_font(self.font()))
        self._lag.setAccessibleName(self.tr("Lag"))
        self._lag.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lag.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # nudging moves no panel
        self._moved.setAccessibleName(self.tr("Moved"))
        self._moved.setToolTip(self.tr("How far the node is from where it lies; Shift+R brings it back"))
        self._moment.setAccessibleName(self.tr("Time on the shoot's clock"))
        self._speed.setObjectName("muted")
        self._word.setObjectName("muted")
        self._word.setWordWrap(True)
        self._word.setContentsMargins(8, 0, 8, 4)
        self._word.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 4, 8, 2)
        head.setSpacing(1)
        for action in self._layouts():
            head.addWidget(_button(action))
        head.addSpacing(10)
        for action in self._balances():
            head.addWidget(_button(action, with_text=True))
        head.addWidget(self._lag, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 2, 8, 4)
        foot.setSpacing(1)
        acts = self.controls
        for action in (acts.steps[0], acts.back, acts.play, acts.on, acts.steps[1]):
            foot.addWidget(_button(action))
        foot.addSpacing(10)
        for action in (acts.mark_master, acts.mark_node, acts.loop, acts.clear_marks):
            foot.addWidget(_button(action))
        foot.addSpacing(8)
        foot.addWidget(self._speed)
        foot.addSpacing(6)
        foot.addWidget(self._moved)
        foot.addStretch(1)
        foot.addWidget(self._moment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.screen_, 1)
        column.addWidget(self.bar)
        column.addLayout(foot)
        column.addWidget(self._word)

    def _layouts(self) -> list[QAction]:
        told = {
            Layout.BESIDE: self.tr("Beside each other"),
            Layout.OVER: self.tr("Over each other, the node half transparent"),
            Layout.WIPE: self.tr("Wipe: drag the edge"),
            Layout.FOUR: self.tr("Four cameras at this moment"),
            Layout.NINE: self.tr("Nine cameras at this moment"),
        }
        return self._choice([(one.value, "", text, one) for one, text in told.items()], self._arrange)

    def _balances(self) -> list[QAction]:
        rows = [
            ("", self.tr("M | N"), self.tr("Master in the left ear, node in the right"), Balance.SPLIT),
            ("", self.tr("M"), self.tr("Hear the master only"), Balance.MASTER),
            ("", self.tr("N"), self.tr("Hear the node only"), Balance.NODE),
            ("", self.tr("M+N"), self.tr("Hear both mixed"), Balance.MIX),
            ("mute", "", self.tr("Hear nothing"), Balance.MUTE),
        ]
        return self._choice(rows, self.player.hear)

    def _choice(self, rows: list[tuple[str, str, str, T]], take: Callable[[T], None]) -> list[QAction]:
        """Return actions of which one is chosen, the first to begin with."""
        group = QActionGroup(self)
        for drawing, text, hint, value in rows:
            action = QAction(text, group)
            if drawing:
                action.setIcon(icon(drawing))
            action.setToolTip(hint)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, value=value: take(value))
        group.actions()[0].setChecked(True)
        return group.actions()

    def _connect(self) -> None:
        player, acts, transport = self.player, self.controls, self.player.transport
        acts.connect_all(
            {
                acts.play: self._space,
                acts.back: lambda: transport.shuttle(-1),
                acts.stop: lambda: transport.run(0.0),
                acts.on: lambda: transport.shuttle(1),
                acts.mark_master: player.mark_master,
                acts.mark_node: player.mark_node,
                acts.clear_marks: transport.clear_marks,
                acts.loop: lambda: transport.loop(not transport.looping),
                acts.reset: self._considered.reset,
                acts.steps[0]: lambda: player.step(-1),
                acts.steps[1]: lambda: player.step(1),
                acts.steps[2]: lambda: player.leap(-1.0),
                acts.steps[3]: lambda: player.leap(1.0),
                acts.steps[4]: lambda: player.to_edge(-1),
                acts.steps[5]: lambda: player.to_edge(1),
            }
        )
        for action, (frames, milliseconds) in zip(acts.nudge, _NUDGES, strict=True):
            acts.connect_all({action: partial(player.nudge, frames, milliseconds)})
        player.refreshed.connect(self._show_moment)
        player.panes_changed.connect(self._show_panes)
        player.related.connect(self._show_lag)
        transport.changed.connect(self._show_run)
        transport.marked.connect(self.marked)
        self.bar.scrubbed.connect(transport.go)
        self.screen_.boxes_changed.connect(lambda: player.fit(self.screen_.box))
        self.screen_.picked.connect(self._pick)
        self._lightening.said.connect(self._tell_of_light)

    # Showing.

    def _show_panes(self) -> None:
        empty = self.tr("Choose a clip to look at it beside the clip it is held against.")
        self.screen_.show_panes(self.player.panes, empty)
        self.player.fit(self.screen_.box)
        considered = self._considered
        self.bar.show_pair(considered.master, considered.node, self.player.relation)
        for action in self.controls.menu:
            action.setEnabled(action.isSeparator() or bool(self.player.panes))
        self._show_lag()
        self._show_moment()
        self._show_run()

    def _show_lag(self) -> None:
        considered = self._considered
        if considered.node is None or considered.master is None:
            self._lag.clear()
            self._moved.clear()
            return
        rate = self.player.node_rate
        self._lag.setText(self.tr("Lag {lag}").format(lag=words.gap_label(considered.lag, rate)))
        moved = ""
        if considered.lag_in_place is None:
            moved = self.tr("no place yet")
        elif considered.moved:
            gap = words.gap_label(considered.lag - considered.lag_in_place, rate)
            moved = self.tr("moved {gap}").format(gap=gap)
        self._moved.setText(moved)
        self.bar.relate(self.player.relation)
        self.bar.mark(self.player.transport.marked_times, self.player.transport.looping)

    def _show_moment(self) -> None:
        player = self.player
        self.bar.move(player.transport.at)
        seconds = player.seconds
        shoot = "" if seconds is None else words.clock_label(seconds, self._shoot, player.group)
        self._moment.setText(shoot)
        self.screen_.burn([self._burnt(number, shoot) for number in range(len(player.panes))])
        self._say(self._light_word or player.word)

    def _burnt(self, number: int, shoot: str) -> Burnt:
        pane = self.player.panes[number]
        role = ("M", "N")[number] if number < 2 else str(number + 1)
        if len(self.player.panes) == 1:
            role = "N"
        name = f"{pane.row.clip.camera} / {pane.row.clip.name}"
        own = pane.caption or (pane.word if pane.image is None else "")
        return Burnt(role, name, own, shoot)

    def _show_run(self) -> None:
        transport = self.player.transport
        speed = transport.speed
        self.controls.play.setIcon(icon("pause" if speed else "play"))
        shown = "" if speed in (0, 1) else f"{'◀' if speed < 0 else '▶'} {abs(speed):g}×"
        self._speed.setText(shown)
        self.controls.loop.setEnabled(transport.loopable)
        self.controls.loop.setChecked(transport.looping)
        self.controls.clear_marks.setEnabled(transport.marks != (None, None))
        self.bar.mark(transport.marked_times, transport.looping)

    def _tell_of_light(self, text: str) -> None:
        self._light_word = text
        self._say(text or self.player.word)

    def _say(self, text: str) -> None:
        if text != self._word.text():
            self._word.setText(text)
            self._word.setVisible(bool(text))

    # Doing.

    def _arrange(self, layout: Layout) -> None:
        self.screen_.layout_ = layout
        self.player.show_many(layout.count)
        self.screen_.arrange(layout)

    def _space(self) -> None:
        """Play or pause; where a button outside has the focus, the key is its own."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not self.isAncestorOf(focused):
            focused.click()
        else:
            self.player.transport.toggle()

    def _pick(self, number: int) -> None:
        """Hold the clip in hand against another camera of the many."""
        if number > 1:
            self._considered.against(self.player.panes[number].row.key)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to decode."""
        super().showEvent(event)
        self.player.activate(True)
        self.player.fit(self.screen_.box)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop decoding."""
        super().hideEvent(event)
        self.player.activate(False)


def _copies_by(settings: Callable[[], Settings]) -> "Callable[[], LightCopies | None]":
    """Return what opens the folder of light copies, as large as the settings allow."""

    def opened() -> "LightCopies | None":
        from rushlock.base.paths import cache_folder
        from rushlock.media.playing.light import LightCopies

        limit = int(settings().cache_gib * 2**30)
        return LightCopies(cache_folder(settings().cache_place), limit) if limit else None

    return opened


def _button(action: QAction, *, with_text: bool = False) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setObjectName("flat")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.toolTip())
    if with_text and action.text():
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
