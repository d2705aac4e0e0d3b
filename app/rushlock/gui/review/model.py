"""Item model of the review queue: a row for each clip that needs a person, those done at the end."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from rushlock.gui import words
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.review.queue import Item, Queue
from rushlock.gui.shoot import Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour
from rushlock.gui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

CLIP, CAMERA, CHANCE, HANGING, PLACE, WHY = range(6)
_RIGHT = (CHANCE, HANGING)


class ReviewModel(QAbstractTableModel):
    """The queue as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = Queue()
        self._shoot = Shoot()

    def show(self, queue: Queue, shoot: Shoot) -> None:
        """Show another queue."""
        self.beginResetModel()
        self.queue, self._shoot = queue, shoot
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return in which row a clip is, -1 where in none."""
        return next((number for number, item in enumerate(self.queue.items) if item.key == key), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many clips are listed."""
        return 0 if parent.isValid() else len(self.queue.items)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _hints()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RIGHT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        item, column = self.queue.items[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.hover(item.row, self._shoot)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item)
        return _looks(item, column, role)

    def _text(self, item: Item, column: int) -> str:
        texts = {
            CLIP: item.row.clip.name,
            CAMERA: item.row.clip.camera,
            CHANCE: words.confidence_label(item.row) if not item.reviewed else "",
            HANGING: _hanging_label(item),
            PLACE: words.place_label(item.row, self._shoot),
            WHY: why(item),
        }
        return texts[column]

    def _spoken(self, item: Item) -> str:
        return ", ".join(part for part in (words.spoken(item.row, self._shoot), item.against) if part)


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


def _looks(item: Item, column: int, role: int) -> Any:  # noqa: ANN401 - as in Qt
    if role == Qt.ItemDataRole.DecorationRole and column == CLIP:
        return standing_icon(item.row.standing)
    if role == Qt.ItemDataRole.DecorationRole and column == WHY and item.against:
        return icon("close")
    if role == Qt.ItemDataRole.TextAlignmentRole and column in _RIGHT:
        return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if role == Qt.ItemDataRole.ForegroundRole and item.reviewed:
        return colour("faint")
    if role == Qt.ItemDataRole.FontRole and item.against and column == WHY:
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font
    return None


def _titles() -> list[str]:
    return [
        tr("review", "Clip"),
        tr("review", "Camera"),
        tr("review", "Chance"),
        tr("review", "Depend"),
        tr("review", "Place"),
        tr("review", "Why it needs you"),
    ]


def _hints() -> list[str]:
    return [
        tr(
            "review",
            "Worst first: contradicted clips, then chance of being wrong times what hangs on it",
        ),
        tr("review", "The clip's camera"),
        tr("review", "Chance that the clip lies right within one frame"),
        tr("review", "Clips whose strongest evidence this one is: they go where it goes"),
        tr("review", "Where the clip would lie"),
        tr("review", "What speaks against its place, or why it is in doubt"),
    ]
