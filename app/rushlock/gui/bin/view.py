"""The bin: a search field, a button for each standing with its count, and the tree of cameras and clips."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui import words
from rushlock.gui.bin.model import BinModel, Column
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.gui.standing import Standing

_WIDTHS = {  # in letters of the view's font
    Column.NAME: 25,
    Column.STATUS: 14,
    Column.PLACE: 15,
    Column.CONFIDENCE: 11,
    Column.REASON: 44,
    Column.DRIFT: 12,
    Column.START: 15,
    Column.RATE: 11,
    Column.DURATION: 14,
    Column.MEDIA: 14,
}


class BinView(QWidget):
    """Shows and narrows a shoot's clips, in step with the selection."""

    def __init__(
        self, selection: Selection, menu: QMenu | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = BinModel(self)
        self.tree = _Tree(self.model, menu, self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search names and reasons"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(300)
        self.search.textChanged.connect(self._narrow)
        self.chips = StandingChips(self)
        self.chips.chosen.connect(self._narrow)
        self._selection = selection
        self._stepping = False
        self._lay_out()
        self.tree.selectionModel().selectionChanged.connect(self._tell)
        self.tree.selectionModel().currentChanged.connect(self._tell)
        selection.changed.connect(self._follow)

    def show_shoot(self, shoot: Shoot) -> None:
        """Show another snapshot, keeping what is chosen, closed and scrolled to."""
        closed = self.tree.closed_cameras()
        scrolled = self.tree.verticalScrollBar().value()
        with self._in_step():
            reset = self.model.show(shoot)
        self.chips.show_counts(shoot)
        if reset:
            self._restore(closed)
            self.tree.verticalScrollBar().setValue(scrolled)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(8, 6, 8, 6)
        above.setSpacing(6)
        above.addWidget(self.search, 1)
        above.addWidget(self.chips)
        above.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.tree, 1)

    def _narrow(self) -> None:
        closed = self.tree.closed_cameras()
        with self._in_step():
            self.model.narrow(self.search.text(), self.chips.standing)
        self._restore(closed)

    def _restore(self, closed: set[str]) -> None:
        self.tree.expandAll()
        self.tree.close_cameras(closed)
        self._follow()

    @contextmanager
    def _in_step(self) -> Iterator[None]:
        """Keep what the tree says meanwhile from being taken for the user's choice, and vice versa."""
        outer, self._stepping = self._stepping, True
        try:
            yield
        finally:
            self._stepping = outer

    def _tell(self) -> None:
        if self._stepping:
            return
        with self._in_step():
            self._selection.choose(self.tree.chosen_keys(), self.model.key_at(self.tree.currentIndex()))

    def _follow(self) -> None:
        """Choose in the tree what is chosen elsewhere, as far as the filter shows it."""
        if self._stepping:
            return
        with self._in_step():
            self.tree.choose(self._selection.keys, self._selection.current)


class _Tree(QTreeView):
    """The tree itself: fast settings, standard keys, a context menu."""

    def __init__(self, model: BinModel, menu: QMenu | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._bin = model
        self._menu = menu
        self.setModel(model)
        self.setAccessibleName(self.tr("Cameras and clips"))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(16, 16))
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in _WIDTHS.items():
            self.setColumnWidth(column, letters * letter + 14)

    def chosen_keys(self) -> frozenset[str]:
        """Return the keys of the chosen clips; a chosen camera stands for its clips."""
        keys: set[str] = set()
        for index in self.selectionModel().selectedRows():
            key = self._bin.key_at(index)
            keys.update([key] if key else (row.key for row in self._bin.camera_rows(index)))
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

    def closed_cameras(self) -> set[str]:
        """Return the names of the cameras whose clips are folded away."""
        tops = (self._bin.index(row, 0) for row in range(self._bin.rowCount()))
        return {top.data() for top in tops if not self.isExpanded(top)}

    def close_cameras(self, names: set[str]) -> None:
        """Fold away the clips of some cameras."""
        for row in range(self._bin.rowCount()):
            top = self._bin.index(row, 0)
            if top.data() in names:
                self.collapse(top)

    def _open_menu(self, position: QPoint) -> None:
        if self._menu is not None and self.chosen_keys():
            self._menu.popup(self.viewport().mapToGlobal(position))


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
