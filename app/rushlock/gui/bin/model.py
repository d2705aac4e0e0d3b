"""Item model of the bin: cameras, and below each its clips.

Decisions:
    * Filtering and sorting happen on plain lists (``sieve``), not in a proxy model.
    * A new snapshot is held against the old one: where the same clips stand in the same order only changed
      cells are told of, where they only change places the layout, else the model is reset.
    * Texts are made when a cell is first shown and kept until its clip changes.
    * Qt calls ``index``, ``flags`` and ``data`` some ten thousand times to lay out 5,000 clips: they are
      written out plainly, ask C++ nothing they need not, and say that clips never have children.
    * A clip's index carries its camera's row + 1 as internal id, a camera's carries 0.
    * What the user does in the model (rename, drop) is told as a signal; only the document changes clips.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from rushlock.gui import words
from rushlock.gui.bin.columns import SPECS, Column
from rushlock.gui.bin.sieve import Sieve
from rushlock.gui.bin.tips import camera_tip, name_tip
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MIME = "application/x-rushlock-clips"

_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ICON, _TIP = int(Qt.ItemDataRole.DecorationRole), int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT, _SPOKEN = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.AccessibleTextRole)

_Flag = Qt.ItemFlag
_DRAGGED = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsDragEnabled | _Flag.ItemIsDropEnabled
_CLIP = _DRAGGED | _Flag.ItemNeverHasChildren
_CAMERA = _DRAGGED | _Flag.ItemIsEditable

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGNMENTS = [_RIGHT if SPECS[column].right else _LEFT for column in Column]
_COLUMNS = len(Column)
_MANY = 100


class BinModel(QAbstractItemModel):
    """Cameras and clips of a shoot, narrowed to a search text and a standing, sorted by a column.

    Signals:
        renamed: A camera's name and the one that the user wrote over it.
        dropped: Clip keys, and the name of the camera on which they were dropped, empty beside all cameras.
        reordering, reordered: Clips change places. A selection should be let go of meanwhile: Qt's selection
            model follows every single cell of it, which takes seconds for thousands of clips.
    """

    renamed = Signal(str, str)
    dropped = Signal(object, str)
    reordering = Signal()
    reordered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shoot = Shoot()
        self._sieve = Sieve()
        self._cameras: list[str] = []
        self._clips: list[list[Row]] = []
        self._where: dict[str, tuple[int, int]] = {}
        self._texts: dict[tuple[str, int], str] = {}

    def show(self, shoot: Shoot) -> bool:
        """Show another snapshot; returns whether the model was reset, False where it was only changed."""
        before, self._shoot = self._shoot, shoot
        changed = [row for row in shoot.rows if before.by_key.get(row.clip.key) is not row]
        self._forget_texts(before, changed)
        if before.master != shoot.master:
            changed += [shoot.by_key[key] for key in (before.master, shoot.master) if key in shoot.by_key]
        cameras, clips = self._arranged()
        if cameras != self._cameras or list(map(len, clips)) != list(map(len, self._clips)):
            self._rebuild(cameras, clips)
            return True
        keys, known = _keys(clips), _keys(self._clips)
        if keys == known:
            self._clips = clips
            self._tell(changed, every_camera=before.findings != shoot.findings)
        elif [set(one) for one in keys] == [set(one) for one in known]:
            self._reorder(clips)
        else:
            self._rebuild(cameras, clips)
            return True
        return False

    def narrow(self, search: str = "", standing: Standing | None = None) -> bool:
        """Show only clips with a text in name, camera, reason or timecode, and of a standing (None: any)."""
        if not self._sieve.narrow(search, standing):
            return False
        self._rebuild(*self._arranged())
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the clips of every camera; cameras keep their order by name."""
        self._sieve.sort(Column(column), descending=order is Qt.SortOrder.DescendingOrder)
        self._reorder([self._sieve.passed(rows) for rows in self._clips])

    @property
    def shown(self) -> int:
        """Number of clips that pass the filter."""
        return len(self._where)

    @property
    def cameras(self) -> Sequence[str]:
        """Names of the cameras that have anything to show, in order."""
        return self._cameras

    def row_at(self, index: Index) -> Row | None:
        """Return a clip index's row, None for a camera."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._clips[index.internalId() - 1][index.row()]

    def key_at(self, index: Index) -> str:
        """Return a clip index's key, empty for a camera."""
        row = self.row_at(index)
        return "" if row is None else row.key

    def camera_at(self, index: Index) -> str:
        """Return the name of a camera index, or of a clip index's camera; empty for neither."""
        if not index.isValid():
            return ""
        return self._cameras[index.internalId() - 1 if index.internalId() else index.row()]

    def camera_rows(self, index: Index) -> list[Row]:
        """Return the shown clips of a camera index."""
        return [] if not index.isValid() or index.internalId() else self._clips[index.row()]

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Return a clip's index, invalid where the filter hides it."""
        if key not in self._where:
            return QModelIndex()
        camera, place = self._where[key]
        return self.createIndex(place, column, camera + 1)

    def index_of_camera(self, name: str) -> QModelIndex:
        """Return a camera's index, invalid where it has nothing to show."""
        return self.createIndex(self._cameras.index(name), 0, 0) if name in self._cameras else QModelIndex()

    def ranges_of(self, keys: Iterable[str]) -> list[tuple[QModelIndex, QModelIndex]]:
        """Return the first and last index of every unbroken run of clips among some."""
        places = sorted(self._where[key] for key in keys if key in self._where)
        runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
        for camera, place in places:
            if runs and runs[-1][1] == (camera, place - 1):
                runs[-1] = runs[-1][0], (camera, place)
            else:
                runs.append(((camera, place), (camera, place)))
        return [
            (self.createIndex(first, 0, camera + 1), self.createIndex(last, 0, camera + 1))
            for (camera, first), (_, last) in runs
        ]

    # Keeping up.

    def _arranged(self) -> tuple[list[str], list[list[Row]]]:
        """Return the cameras that have anything to show, and what, in order."""
        found = {name: self._sieve.passed(rows) for name, rows in self._shoot.cameras.items()}
        return [name for name, rows in found.items() if rows], [rows for rows in found.values() if rows]

    def _rebuild(self, cameras: list[str], clips: list[list[Row]]) -> None:
        self.beginResetModel()
        self._cameras, self._clips = cameras, clips
        self._note_places()
        self.endResetModel()

    def _reorder(self, clips: list[list[Row]]) -> None:
        """Show the same clips of the same cameras in another order."""
        self.reordering.emit()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(old.column(), self.key_at(old), old.row()) for old in before]
        self._clips = clips
        self._note_places()
        after = [self.index_of(key, column) if key else self.index(row, column) for column, key, row in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.reordered.emit()

    def _tell(self, changed: Sequence[Row], *, every_camera: bool) -> None:
        """Say which cells changed: of single clips, or where there are many of all their cameras."""
        places = [self._where[row.key] for row in changed if row.key in self._where]
        cameras = set(range(len(self._cameras))) if every_camera else {camera for camera, _ in places}
        if len(places) > _MANY:
            places = []
            for camera in cameras:
                first = self.createIndex(0, 0, camera + 1)
                last = self.createIndex(len(self._clips[camera]) - 1, _COLUMNS - 1, camera + 1)
                self.dataChanged.emit(first, last)
        for camera, place in places:
            row = self.createIndex(place, 0, camera + 1)
            self.dataChanged.emit(row, self.createIndex(place, _COLUMNS - 1, camera + 1))
        for camera in cameras:
            self.dataChanged.emit(self.createIndex(camera, 0, 0), self.createIndex(camera, _COLUMNS - 1, 0))

    def _forget_texts(self, before: Shoot, changed: Sequence[Row]) -> None:
        counting = self._shoot.rate, self._shoot.drop, self._shoot.time_of_day
        if len(changed) > _MANY or (before.rate, before.drop, before.time_of_day) != counting:
            self._texts.clear()
            return
        for row in changed:
            for column in range(_COLUMNS):
                self._texts.pop((row.key, column), None)

    def _note_places(self) -> None:
        self._where = {
            row.clip.key: (camera, place)
            for camera, rows in enumerate(self._clips)
            for place, row in enumerate(rows)
        }

    # What Qt asks of a model; names and defaults are Qt's.

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a cell."""
        if not 0 <= column < _COLUMNS or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0) if row < len(self._cameras) else QModelIndex()
        camera = parent.row()
        if parent.internalId() or parent.column() or row >= len(self._clips[camera]):
            return QModelIndex()
        return self.createIndex(row, column, camera + 1)

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
        return _COLUMNS

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Return whether anything lies below an index: below every camera there does."""
        return not parent.isValid() or (parent.internalId() == 0 and parent.column() == 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: cameras are renamed, clips dragged to other cameras."""
        if not index.isValid():
            return _Flag.ItemIsDropEnabled
        if index.internalId():
            return _CLIP
        return _CAMERA if index.column() == 0 else _DRAGGED

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return SPECS[Column(section)].title()
        return _ALIGNMENTS[section] if role == _ALIGNMENT else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        camera = index.internalId()
        if not camera:
            return self._camera_data(index.row(), index.column(), role)
        row = self._clips[camera - 1][index.row()]
        if role == _DISPLAY:
            return self._text(row, index.column())
        if role == _ALIGNMENT:
            return _ALIGNMENTS[index.column()]
        return self._more_data(row, index.column(), role)

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        """Take a camera's new name and pass it on; what comes of it comes as another snapshot."""
        name, before = value.strip() if isinstance(value, str) else "", self.camera_at(index)
        if role != _EDIT or not name or name == before:
            return False
        self.renamed.emit(before, name)
        return True

    def mimeTypes(self) -> list[str]:
        """Return what is dragged from and dropped on the bin: its own clips."""
        return [MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Return what a drop does: it moves."""
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the keys of dragged clips; a camera stands for its clips."""
        keys: dict[str, None] = {}
        for index in indexes:
            if index.column() == 0:
                row = self.row_at(index)
                keys.update((each.key, None) for each in (self.camera_rows(index) if row is None else [row]))
        data = QMimeData()
        data.setData(MIME, json.dumps(list(keys)).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell where clips were dropped: on a camera, on one of its clips, or beside all."""
        if not data.hasFormat(MIME) or action is not Qt.DropAction.MoveAction:
            return False
        known = self._shoot.by_key
        keys = [key for key in json.loads(bytes(data.data(MIME).data())) if key in known]
        camera = self.camera_at(parent)
        if not camera and row >= 0:  # between two cameras' rows: on what stands above
            camera = self._cameras[max(row - 1, 0)]
        self.dropped.emit(keys, camera)
        return bool(keys)

    def _camera_data(self, number: int, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        name, rows = self._cameras[number], self._clips[number]
        if role in (_DISPLAY, _EDIT):
            return self._camera_text(name, rows, column)
        if role == _ICON and column == Column.NAME:
            return icon("recorder" if all(row.clip.picture is None for row in rows) else "camera")
        if role == _TIP:
            return camera_tip(name, rows, self._shoot)
        return None

    def _camera_text(self, name: str, rows: Sequence[Row], column: int) -> str | None:
        if column == Column.NAME:
            return name
        if column == Column.STATUS:
            return words.amount_of_clips(len(rows))
        if column == Column.REASON:
            doubtful = Counter(row.standing for row in rows)[Standing.REVIEW]
            said = [finding.words for finding in self._shoot.findings if finding.camera == name]
            if doubtful:
                said.insert(0, tr("bin", "{count} to review").format(count=doubtful))
            return " · ".join(said)
        return None

    def _more_data(self, row: Row, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        if role == _ICON and column == Column.STATUS:
            return standing_icon(row.standing)
        if role == _TIP:
            if column == Column.PLACE:
                return words.place_and_day(row, self._shoot)
            return name_tip(row, self._shoot) if column == Column.NAME else self._text(row, column)
        if role == _SPOKEN and column == Column.NAME:
            said = [row.clip.name, words.standing_word(row.standing)]
            if row.key == self._shoot.master:
                said.append(tr("bin", "master"))
            return ", ".join(said)
        return None

    def _text(self, row: Row, column: int) -> str:
        known = self._texts.get((row.clip.key, column))
        if known is None:
            known = SPECS[Column(column)].text(row, self._shoot)
            self._texts[row.clip.key, column] = known
        return known


def _keys(clips: list[list[Row]]) -> list[list[str]]:
    return [[row.clip.key for row in rows] for rows in clips]
