"""The tree of the bin: choosing in step with keys, dragging, columns as the user left them."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QWidget

from rushlock.gui.bin.columns import SPECS, Column
from rushlock.gui.bin.model import BinModel
from rushlock.gui.bin.name_delegate import NameDelegate
from rushlock.gui.thumbnails import Thumbnails

_OPENS_AFTER_MS = 600
_INDENTATION = 16


class BinTree(QTreeView):
    """Cameras and clips."""

    def __init__(
        self,
        model: BinModel,
        menu: QMenu | None = None,
        thumbnails: Thumbnails | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bin = model
        self._menu = menu
        self.setModel(model)
        self.names = NameDelegate(model, thumbnails, self)
        self.setItemDelegateForColumn(Column.NAME, self.names)
        self.setAccessibleName(self.tr("Cameras and clips"))
        self._dress()
        self._allow()
        letter = self.fontMetrics().averageCharWidth()
        for column, spec in SPECS.items():
            self.setColumnWidth(column, spec.letters * letter + 14)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        if thumbnails is not None:
            thumbnails.arrived.connect(lambda key: self.update(self._bin.index_of(key)))

    def _dress(self) -> None:
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(16, 16))
        self.setIndentation(_INDENTATION)
        self.setAutoExpandDelay(_OPENS_AFTER_MS)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # an action begins it

    def _allow(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.header().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.header().customContextMenuRequested.connect(self._open_columns)
        self.header().setFirstSectionMovable(False)

    # Choosing.

    def chosen_keys(self) -> frozenset[str]:
        """Return the keys of the chosen clips; a chosen camera stands for its clips."""
        keys: set[str] = set()
        for run in self.selectionModel().selection().toList():
            camera, first, last = run.parent(), run.top(), run.bottom()
            if camera.isValid():
                keys.update(row.key for row in self._bin.camera_rows(camera)[first : last + 1])
            else:
                for number in range(first, last + 1):
                    keys.update(row.key for row in self._bin.camera_rows(self._bin.index(number, 0)))
        return frozenset(keys)

    def choose(self, keys: Iterable[str], current: str) -> None:
        """Choose these clips, unless they are chosen already."""
        keys = frozenset(keys)
        if self.chosen_keys() != keys:
            chosen = QItemSelection()
            for first, last in self._bin.ranges_of(keys):
                chosen.select(first, last)
            rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(chosen, rows)
        index = self._bin.index_of(current)
        if index.isValid() and self._bin.key_at(self.currentIndex()) != current:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def choose_camera(self, name: str) -> None:
        """Put a camera in hand; nothing happens where the filter hides it."""
        index = self._bin.index_of_camera(name)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def edit_camera(self, name: str) -> None:
        """Let the user write another name over a camera's."""
        index = self._bin.index_of_camera(name)
        if index.isValid():
            self.scrollTo(index)
            self.edit(index)

    def closed_cameras(self) -> set[str]:
        """Return the names of the cameras whose clips are folded away."""
        tops = ((name, self._bin.index(row, 0)) for row, name in enumerate(self._bin.cameras))
        return {name for name, top in tops if not self.isExpanded(top)}

    # Columns.

    def layout_of_columns(self) -> QByteArray:
        """Return order, widths and sorting of the columns, and which are shown."""
        return self.header().saveState()

    def lay_out_columns(self, layout: QByteArray) -> None:
        """Lay the columns out as ``layout_of_columns`` said."""
        self.header().restoreState(layout)
        self.header().setSectionHidden(Column.NAME, False)

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Offer to show and hide each column but the name."""
        menu.clear()
        for column, spec in SPECS.items():
            if column is Column.NAME:
                continue
            action = menu.addAction(spec.title())
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda shown, column=column: self.setColumnHidden(column, not shown))

    def _open_columns(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(self.header().mapToGlobal(position))

    def _open_menu(self, position: QPoint) -> None:
        if self._menu is None or not self.chosen_keys():
            return
        if position.isNull():  # the keyboard's menu key: beside what is in hand
            position = self.visualRect(QModelIndex(self.currentIndex())).center()
        self._menu.popup(self.viewport().mapToGlobal(position))
