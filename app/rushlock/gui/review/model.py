"""Item model of the review queue: a row for each clip that needs a person, those done at the end."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QIcon

from rushlock.gui import words
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.review.queue import Item, Queue
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.shoot import Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour
from rushlock.gui.words import tr

WHY = 5


class ReviewModel(RowsModel[Item]):
    """The queue as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._columns(), parent)
        self._shoot = Shoot()

    def show(self, queue: Queue, shoot: Shoot) -> None:
        """Show another queue."""
        self._shoot = shoot
        self.show_rows(queue.items)

    def row_of(self, key: str) -> int:
        """Return in which row a clip is, -1 where in none."""
        return next((number for number, item in enumerate(self.rows) if item.key == key), -1)

    def tip(self, row: Item) -> str:
        """Return what is known of a clip."""
        return words.hover(row.row, self._shoot)

    def spoken(self, row: Item) -> str:
        """Return a clip and what speaks against its place."""
        return ", ".join(part for part in (words.spoken(row.row, self._shoot), row.against) if part)

    def look(self, row: Item, column: int, role: int) -> Any:  # noqa: ANN401 - what the role asks for
        """Set what is done faintly, what is contradicted in bold."""
        if role == Qt.ItemDataRole.ForegroundRole and row.reviewed:
            return colour("faint")
        if role == Qt.ItemDataRole.FontRole and row.against and column == WHY:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _columns(self) -> tuple[Column[Item], ...]:
        return (
            Column(
                tr("review", "Clip"),
                lambda item: item.row.clip.name,
                28,
                sign=lambda item: standing_icon(item.row.standing),
                hint=tr(
                    "review",
                    "Worst first: contradicted clips, then chance of being wrong times what hangs on it",
                ),
            ),
            Column(
                tr("review", "Camera"),
                lambda item: item.row.clip.camera,
                11,
                hint=tr("review", "The clip's camera"),
            ),
            Column(
                tr("review", "Chance"),
                lambda item: "" if item.reviewed else words.confidence_label(item.row),
                10,
                right=True,
                hint=tr("review", "Chance that the clip lies right within one frame"),
            ),
            Column(
                tr("review", "Depend"),
                _hanging_label,
                10,
                right=True,
                hint=tr("review", "Clips whose strongest evidence this one is: they go where it goes"),
            ),
            Column(
                tr("review", "Place"),
                lambda item: words.place_label(item.row, self._shoot),
                16,
                hint=tr("review", "Where the clip would lie"),
            ),
            Column(
                tr("review", "Why it needs you"),
                why,
                sign=_contradicted,
                hint=tr("review", "What speaks against its place, or why it is in doubt"),
            ),
        )


def why(item: Item) -> str:
    """Return why a clip is in the queue, or what was decided about it."""
    if item.reviewed:
        return words.standing_word(item.row.standing) + _note(item)
    reason = words.reason_text(item.row)
    if item.against and item.against not in reason:
        reason = f"{item.against} · {reason}"
    return reason[:1].upper() + reason[1:]


def _note(item: Item) -> str:
    rejected = item.row.standing is Standing.UNSYNCED
    return tr("review", ": overlaps nothing") if rejected else ""


def _hanging_label(item: Item) -> str:
    if item.reviewed or not item.hanging:
        return ""
    return words.amount_of_clips(item.hanging)


def _contradicted(item: Item) -> QIcon | None:
    return icon("close") if item.against else None
