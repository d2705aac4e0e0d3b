"""Item model of the bin: cameras, and below each its clips.

Decisions:
    * Filtering and sorting happen here on plain lists, not in a ``QSortFilterProxyModel``: with 5,000 clips
      a proxy calls back into Python some hundred thousand times, the lists take milliseconds.
    * Texts are made when a cell is first shown and kept until the shoot changes.
    * A clip's index carries its camera's row + 1 as internal id, a camera's carries 0.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rushlock.gui import words
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Column(IntEnum):
    """Columns of the bin."""

    NAME = 0
    STATUS = 1
    PLACE = 2
    CONFIDENCE = 3
    REASON = 4
    DRIFT = 5
    START = 6
    RATE = 7
    DURATION = 8
    MEDIA = 9


_RIGHT = {Column.CONFIDENCE, Column.DRIFT, Column.DURATION}
_STANDING_ORDER = {standing: place for place, standing in enumerate(Standing)}
_LAST = float("inf")

_SORT_KEYS: dict[Column, Callable[[Row], Any]] = {
    Column.NAME: lambda row: row.clip.name.casefold(),
    Column.STATUS: lambda row: _STANDING_ORDER[row.standing],
    Column.PLACE: lambda row: _LAST if row.start is None else row.start,
    Column.CONFIDENCE: lambda row: _LAST if row.placement is None else row.placement.confidence,
    Column.REASON: lambda row: words.reason_text(row).casefold(),
    Column.DRIFT: lambda row: (
        _LAST if row.start is None or row.placement is None else row.placement.drift_ppm
    ),
    Column.START: lambda row: _LAST if row.clip.day_seconds is None else float(row.clip.day_seconds),
    Column.RATE: lambda row: 0 if row.clip.rate is None else row.clip.rate.fps,
    Column.DURATION: lambda row: row.clip.duration,
    Column.MEDIA: lambda row: words.media_word(row),
}


class BinModel(QAbstractItemModel):
    """Cameras and clips of a shoot, narrowed to a search text and a standing, sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shoot = Shoot()
        self._search = ""
        self._standing: Standing | None = None
        self._order = (Column.NAME, Qt.SortOrder.AscendingOrder)
        self._cameras: list[str] = []
        self._clips: list[list[Row]] = []
        self._where: dict[str, tuple[int, int]] = {}
        self._texts: dict[tuple[str, int], str] = {}

    def show(self, shoot: Shoot) -> bool:
        """Show another snapshot; returns whether the model was reset, False where only cells changed."""
        self._texts.clear()
        self._shoot = shoot
        cameras, clips = self._arranged()
        if cameras != self._cameras or _keys(clips) != _keys(self._clips):
            self._rebuild()
            return True
        self._clips = clips
        for camera, rows in enumerate(clips):
            first = self.createIndex(0, 0, camera + 1)
            self.dataChanged.emit(first, self.createIndex(len(rows) - 1, len(Column) - 1, camera + 1))
        return False

    def narrow(self, search: str = "", standing: Standing | None = None) -> None:
        """Show only clips with a text in name, camera or reason, and of a standing (None: any)."""
        if (search, standing) != (self._search, self._standing):
            self._search, self._standing = search, standing
            self._rebuild()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the clips of every camera; cameras keep their order by name."""
        self._order = (Column(column), order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(old.column(), self.key_at(old), old.row()) for old in before]
        self._clips = [self._sorted(rows) for rows in self._clips]
        self._note_places()
        after = [self.index_of(key, column) if key else self.index(row, column) for column, key, row in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    @property
    def shown(self) -> int:
        """Number of clips that pass the filter."""
        return sum(len(rows) for rows in self._clips)

    def row_at(self, index: Index) -> Row | None:
        """Return a clip index's row, None for a camera."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._clips[index.internalId() - 1][index.row()]

    def key_at(self, index: Index) -> str:
        """Return a clip index's key, empty for a camera."""
        row = self.row_at(index)
        return "" if row is None else row.key

    def camera_rows(self, index: Index) -> list[Row]:
        """Return the shown clips of a camera index."""
        return [] if not index.isValid() or index.internalId() else self._clips[index.row()]

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Return a clip's index, invalid where the filter hides it."""
        if key not in self._where:
            return QModelIndex()
        camera, place = self._where[key]
        return self.createIndex(place, column, camera + 1)

    def ranges_of(self, keys: Iterable[str]) -> list[tuple[QModelIndex, QModelIndex]]:
        """Return the first and last index of every unbroken run of clips among some."""
        places = sorted(self._where[key] for key in keys if key in self._where)
        runs: list[tuple[QModelIndex, QModelIndex]] = []
        for begin, (camera, place) in enumerate(places):
            index = self.createIndex(place, 0, camera + 1)
            if runs and begin and places[begin - 1] == (camera, place - 1):
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        return runs

    def _note_places(self) -> None:
        self._where = {
            row.key: (camera, place)
            for camera, rows in enumerate(self._clips)
            for place, row in enumerate(rows)
        }

    # What Qt asks of a model; names and defaults are Qt's.

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index = ROOT) -> Any:  # noqa: ANN401 - two overloads in Qt
        """Return a clip's camera; nothing for a camera."""
        if not child.isValid() or child.internalId() == 0:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows lie below an index."""
        if not parent.isValid():
            return len(self._cameras)
        if parent.internalId() or parent.column() > 0:
            return 0
        return len(self._clips[parent.row()])

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row = self.row_at(index)
        if row is None:
            return self._camera_data(index, role)
        return self._clip_data(row, index.column(), role)

    def _camera_data(self, index: Index, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        rows = self._clips[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.NAME: self._cameras[index.row()],
                Column.STATUS: words.amount_of_clips(len(rows)),
            }.get(Column(index.column()))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.NAME:
            return icon("recorder" if all(row.clip.picture is None for row in rows) else "camera")
        return None

    def _clip_data(self, row: Row, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.STATUS:
            return standing_icon(row.standing)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.clip.path) if column == Column.NAME else self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.NAME:
            return f"{row.clip.name}, {words.standing_word(row.standing)}"
        return None

    def _text(self, row: Row, column: int) -> str:
        known = self._texts.get((row.key, column))
        if known is None:
            known = self._texts[(row.key, column)] = _cell(row, Column(column), self._shoot)
        return known

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._cameras, self._clips = self._arranged()
        self._note_places()
        self.endResetModel()

    def _arranged(self) -> tuple[list[str], list[list[Row]]]:
        """Return the cameras that have anything to show, and what, in order."""
        found = {name: self._passing(rows) for name, rows in self._shoot.cameras.items()}
        cameras = [name for name, rows in found.items() if rows]
        return cameras, [self._sorted(found[name]) for name in cameras]

    def _passing(self, rows: tuple[Row, ...]) -> list[Row]:
        wanted = self._search.strip().casefold()
        return [
            row
            for row in rows
            if (self._standing is None or row.standing is self._standing)
            and (
                not wanted
                or wanted in f"{row.clip.camera}/{row.clip.name}\n{words.reason_text(row)}".casefold()
            )
        ]

    def _sorted(self, rows: list[Row]) -> list[Row]:
        column, order = self._order
        return sorted(rows, key=_SORT_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder)


def _keys(clips: list[list[Row]]) -> list[list[str]]:
    return [[row.key for row in rows] for rows in clips]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _titles() -> list[str]:
    return [
        tr("bin", "Name"),
        tr("bin", "Status"),
        tr("bin", "Placed at"),
        tr("bin", "Confidence"),
        tr("bin", "Reason"),
        tr("bin", "Drift"),
        tr("bin", "Start TC"),
        tr("bin", "Rate"),
        tr("bin", "Duration"),
        tr("bin", "Media"),
    ]


def _cell(row: Row, column: Column, shoot: Shoot) -> str:
    """Return what one cell of a clip says."""
    makers: dict[Column, Callable[[], str]] = {
        Column.NAME: lambda: _name(row),
        Column.STATUS: lambda: words.standing_word(row.standing),
        Column.PLACE: lambda: words.place_label(row, shoot),
        Column.CONFIDENCE: lambda: words.confidence_label(row),
        Column.REASON: lambda: words.reason_text(row),
        Column.DRIFT: lambda: words.drift_label(row),
        Column.START: lambda: words.start_label(row),
        Column.RATE: lambda: words.rate_label(row),
        Column.DURATION: lambda: words.duration_label(row, shoot),
        Column.MEDIA: lambda: words.media_word(row),
    }
    return makers[column]()


def _name(row: Row) -> str:
    """Return a clip's name; a spanned clip says how many files it is made of."""
    name = row.clip.name.replace("\n", "⏎")
    more = len(row.clip.files) - 1
    return f"{name} (+{more})" if more else name
