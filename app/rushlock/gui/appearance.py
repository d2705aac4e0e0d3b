"""Which look the application wears: dark, light, or what the system asks for; changed while all is shown."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from rushlock.gui.icons import redraw
from rushlock.gui.looks import DARK, LIGHT, Look
from rushlock.gui.preference_rows import Choice
from rushlock.gui.state import WindowState
from rushlock.gui.theme import dress, worn

_KEY = "appearance/theme"


class Theme(StrEnum):
    """What can be chosen. Dark is the default: it is what stands around pictures in a cutting room."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Appearance(QObject):
    """Keeps the application in the look that the user chose.

    Attributes:
        theme: What was chosen.
    """

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.theme = _theme(state.word(_KEY))
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._wear()

    def show(self, theme: Theme) -> None:
        """Wear a look without keeping the choice, to see what it is like."""
        self.theme = theme
        self._wear()

    def choose(self, theme: Theme) -> None:
        """Wear a look from now on, also at the next start."""
        self.show(theme)
        self._state.keep_word(_KEY, theme.value)

    def choice(self) -> Choice:
        """Return the choice of a look for the preferences."""
        return Choice(
            self.tr("Theme"),
            self.tr("Dark keeps the eye on the pictures; “System” follows what the system asks for."),
            (
                (Theme.DARK, self.tr("Dark")),
                (Theme.LIGHT, self.tr("Light")),
                (Theme.SYSTEM, self.tr("System")),
            ),
            self.theme,
            show=lambda word: self.show(Theme(word)),
            keep=lambda word: self.choose(Theme(word)),
        )

    def _wear(self) -> None:
        app = QApplication.instance()
        look = self._look()
        if isinstance(app, QApplication) and look is not worn():
            dress(app, look)
            redraw(app)

    def _look(self) -> Look:
        if self.theme is Theme.SYSTEM:
            asked = QApplication.styleHints().colorScheme()
            return LIGHT if asked == Qt.ColorScheme.Light else DARK
        return LIGHT if self.theme is Theme.LIGHT else DARK

    def _follow_system(self, _: Qt.ColorScheme) -> None:
        if self.theme is Theme.SYSTEM:
            self._wear()


def _theme(kept: str) -> Theme:
    try:
        return Theme(kept)
    except ValueError:
        return Theme.DARK
