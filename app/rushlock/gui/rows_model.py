"""Item model of a flat table that is only read: a row for each thing, a column for each thing said of it.

A subclass names its columns, ``tables.RowsTable`` shows it: a new column is one more ``Column``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
T = TypeVar("T")

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """What is said of each row.

    Attributes:
        title: Its title, in the user's language.
        text: Makes what it says of a row.
        letters: First width, in letters of the table's font; 0 where the table sees to it.
        right: Whether it is set flush right, as figures are.
        sign: Makes the icon before the text, None where a row has none.
        hint: What the column means, shown over its title.
    """

    title: str
    text: Callable[[T], str]
    letters: int = 0
    right: bool = False
    sign: Callable[[T], QIcon | None] | None = None
    hint: str = ""

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """How title and texts are set."""
        return _RIGHT if self.right else _LEFT


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows under columns.

    Attributes:
        rows: What is shown, in order.
        columns: What is said of each.
    """

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[T, ...] = ()

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def retell(self) -> None:
        """Have every cell asked for anew: what is said of the rows changed, the rows did not."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def tip(self, row: T) -> str:
        """Return what is shown over a row; empty for nothing."""
        return ""

    def spoken(self, row: T) -> str:
        """Return what a screen reader says in place of a cell's text; empty for that text."""
        return ""

    def look(self, row: T, column: int, role: int) -> Any:  # noqa: ANN401 - what the role asks for
        """Return the answer to a role that nothing above tells of: font, colour; None for the usual one."""
        return None

    # What Qt asks of a model; names and defaults are Qt's.

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title, how it is set and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.alignment
            case Qt.ItemDataRole.ToolTipRole:
                return column.hint or None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.alignment
            case Qt.ItemDataRole.DecorationRole:
                return None if column.sign is None else column.sign(row)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(row) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row) or None
        return self.look(row, index.column(), role)
