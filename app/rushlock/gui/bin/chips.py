"""Buttons that narrow the bin to clips of one standing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from rushlock.gui import words
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.shoot import Shoot
from rushlock.gui.standing import Standing


class StandingChips(QWidget):
    """A button for each standing that occurs, with its count; one is pressed, "All" at first.

    Signals:
        chosen: Another button was pressed; see ``standing``.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons = {standing: self._button(standing) for standing in (None, *Standing)}
        for button in self._buttons.values():
            row.addWidget(button)
        self._buttons[None].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit())

    @property
    def standing(self) -> Standing | None:
        """The standing that is asked for; None: all."""
        return next((standing for standing, button in self._buttons.items() if button.isChecked()), None)

    def show_counts(self, shoot: Shoot) -> None:
        """Show how many clips there are of each; buttons of what does not occur are hidden."""
        for standing, button in self._buttons.items():
            count = len(shoot.rows) if standing is None else shoot.counts[standing]
            word = self.tr("All") if standing is None else words.standing_word(standing)
            button.setText(f"{word} {count:,}")
            button.setVisible(standing is None or count > 0)
            button.setToolTip(self.tr("Show only: {what}").format(what=word))
        if self.standing is not None and not shoot.counts[self.standing]:
            self._buttons[None].click()

    def _button(self, standing: Standing | None) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("all") if standing is None else standing_icon(standing))
        self._group.addButton(button)
        return button
