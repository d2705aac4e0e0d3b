"""Where one looks: a moment on a group's clock, shared by timeline, player and waveforms."""

from PySide6.QtCore import QObject, Signal


class Playhead(QObject):
    """A moment of the shoot.

    Attributes:
        group: Whose clock ``seconds`` speaks; None where nothing is placed.
        seconds: Time on that clock, as in placements.

    Signals:
        moved: It is somewhere else; sent only when that is so.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.group: int | None = None
        self.seconds = 0.0

    def move(self, seconds: float, group: int | None) -> None:
        """Go to a moment of a group's clock."""
        if (seconds, group) != (self.seconds, self.group):
            self.seconds, self.group = seconds, group
            self.moved.emit()
