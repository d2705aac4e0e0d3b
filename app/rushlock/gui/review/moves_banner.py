"""The calm banner that says what moved along with a decision."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from rushlock.gui import words
from rushlock.gui.icons import icon, sign
from rushlock.gui.shoot import Row, Shoot
from rushlock.placements.moves import Move

_SIGN = 16
_MOST = 40


class MovesBanner(QFrame):
    """Shows how many clips moved along, and which; gone with the next decision or when it is dismissed.

    Signals:
        chosen: Key of a clip in the list that the user wants to see.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietBanner")
        drawing = QLabel(self)
        drawing.setPixmap(sign("info", _SIGN, "accent", self.devicePixelRatioF()))
        self._text = QLabel(self)
        self._text.setAccessibleName(self.tr("What moved along"))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._list = QMenu(self)
        self._which = QToolButton(self)
        self._which.setText(self.tr("Which"))
        self._which.setObjectName("flat")
        self._which.setToolTip(self.tr("List the clips that moved along"))
        self._which.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._which.setMenu(self._list)
        close = QToolButton(self)
        close.setObjectName("flat")
        close.setIcon(icon("close"))
        close.setToolTip(self.tr("Dismiss"))
        close.setAccessibleName(self.tr("Dismiss what moved along"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(10)
        row.addWidget(drawing)
        row.addWidget(self._text, 1)
        row.addWidget(self._which)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_moves(self, moves: Sequence[Move], shoot: Shoot) -> None:
        """Say what moved; nothing hides the banner."""
        self._text.setText(self._summary(moves))
        self._list.clear()
        for move in moves[:_MOST]:
            row = shoot.by_key.get(move.clip)
            if row is not None:
                action = QAction(_line(move, row, shoot), self._list)
                action.triggered.connect(lambda _=False, key=move.clip: self.chosen.emit(key))
                self._list.addAction(action)
        if len(moves) > _MOST:
            rest = self.tr("and {clips} more").format(clips=words.amount_of_clips(len(moves) - _MOST))
            self._list.addAction(rest).setEnabled(False)
        self.setVisible(bool(moves))

    def _summary(self, moves: Sequence[Move]) -> str:
        counts = [
            (self.tr("{clips} moved with it"), sum(None not in (m.before, m.after) for m in moves)),
            (self.tr("{clips} found a place"), sum(m.before is None for m in moves)),
            (self.tr("{clips} lost their place"), sum(m.after is None for m in moves)),
        ]
        return " · ".join(text.format(clips=words.amount_of_clips(n)) for text, n in counts if n)


def old_starts(moves: Sequence[Move]) -> Mapping[str, float]:
    """Return where clips lay that moved on their clock, by clip key, seconds."""
    return {m.clip: m.before for m in moves if m.before is not None and not m.regrouped}


def _line(move: Move, row: Row, shoot: Shoot) -> str:
    if move.after is None:
        said = words.tr("moves", "no place any more")
    elif move.before is None or move.regrouped:
        said = words.place_label(row, shoot)
    else:
        said = words.gap_label(move.after - move.before, shoot.rate)
    return f"{row.clip.camera} / {row.clip.name}    {said}"
