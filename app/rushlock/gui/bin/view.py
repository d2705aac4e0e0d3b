"""The bin: a search field, a button for each standing with its count, and the tree of cameras and clips.

Folding open some hundred cameras with 5,000 clips takes Qt tens of milliseconds, longer than a window may
stand still. So after the model was built anew they are opened in turns of the event loop, from the top, the
ones that are seen first.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from rushlock.gui.bin.chips import StandingChips
from rushlock.gui.bin.model import BinModel
from rushlock.gui.bin.tree import BinTree
from rushlock.gui.icons import icon
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.gui.state import WindowState
from rushlock.gui.thumbnails import Thumbnails

_TURN_S = 0.006
_COLUMNS_KEPT_AS = "bin/columns"
_PICTURES_KEPT_AS = "bin/thumbnails"


class BinView(QWidget):
    """Shows and narrows a shoot's clips, in step with the selection.

    Attributes:
        model: Its cameras and clips.
        tree, search, chips: Its parts.
    """

    def __init__(
        self,
        selection: Selection,
        menu: QMenu | None = None,
        parent: QWidget | None = None,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = BinModel(self)
        self.tree = BinTree(self.model, menu, thumbnails, self)
        self.search = self._make_search()
        self.chips = StandingChips(self)
        self.chips.chosen.connect(self._narrow)
        self._selection = selection
        self._stepping = False
        self._folded: set[str] = set()
        self._to_open: list[str] = []
        self._scroll_to: int | None = None
        self._opening = QTimer(self, singleShot=True, interval=0)
        self._opening.timeout.connect(self._open_some)
        self._lay_out()
        self.tree.selectionModel().selectionChanged.connect(self._tell)
        self.tree.selectionModel().currentChanged.connect(self._tell)
        self.tree.collapsed.connect(lambda index: self._folded.add(self.model.camera_at(index)))
        self.tree.expanded.connect(lambda index: self._folded.discard(self.model.camera_at(index)))
        self.model.reordering.connect(self._let_go)
        self.model.reordered.connect(self._take_up)
        selection.changed.connect(self._follow)

    def show_shoot(self, shoot: Shoot) -> None:
        """Show another snapshot, keeping what is chosen, closed and scrolled to."""
        scrolled = self.tree.verticalScrollBar().value()
        self.tree.names.master = shoot.master
        with self._in_step():
            reset = self.model.show(shoot)
        self.chips.show_counts(shoot)
        if reset:
            self._restore(scrolled)

    def remember(self, state: WindowState) -> None:
        """Have columns and thumbnails remembered for the next start."""
        state.keep(_COLUMNS_KEPT_AS, self.tree.layout_of_columns())
        state.keep(_PICTURES_KEPT_AS, bytes([self.tree.names.pictures]))

    def recall(self, state: WindowState) -> None:
        """Lay out as remembered; at the first start nothing changes."""
        columns, pictures = state.kept(_COLUMNS_KEPT_AS), state.kept(_PICTURES_KEPT_AS)
        if columns is not None:
            self.tree.lay_out_columns(columns)
        if pictures is not None:
            self.show_pictures(bytes(pictures.data()) != b"\0")

    def show_pictures(self, shown: bool) -> None:
        """Show thumbnails, or dense rows without."""
        self.tree.names.pictures = shown
        self.tree.scheduleDelayedItemsLayout()
        self._pictures.setChecked(shown)

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setPlaceholderText(self.tr("Search"))
        search.setToolTip(self.tr("Finds clips by name, camera, reel, timecode and reason (Ctrl+F)"))
        search.setAccessibleName(self.tr("Search"))
        search.setClearButtonEnabled(True)
        search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        search.setMaximumWidth(300)
        search.textChanged.connect(self._narrow)
        return search

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(8, 6, 8, 6)
        above.setSpacing(6)
        above.addWidget(self.search, 1)
        above.addWidget(self.chips)
        above.addStretch(1)
        above.addWidget(self._make_view_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.tree, 1)

    def _make_view_button(self) -> QToolButton:
        """Make the button under which columns and thumbnails are shown and hidden."""
        button, menu = QToolButton(self), QMenu(self)
        self._pictures = menu.addAction(self.tr("Thumbnails"))
        self._pictures.setCheckable(True)
        self._pictures.setChecked(self.tree.names.pictures)
        self._pictures.toggled.connect(self.show_pictures)
        menu.addAction(self.tr("Unfold all cameras")).triggered.connect(self._unfold_all)
        menu.addAction(self.tr("Fold all cameras")).triggered.connect(self._fold_all)
        columns = menu.addMenu(self.tr("Columns"))
        columns.aboutToShow.connect(lambda: self.tree.fill_columns_menu(columns))
        button.setObjectName("flat")
        button.setIcon(icon("columns"))
        button.setToolTip(self.tr("Columns and thumbnails"))
        button.setAccessibleName(self.tr("Columns and thumbnails"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return button

    def _narrow(self) -> None:
        with self._in_step():
            narrowed = self.model.narrow(self.search.text(), self.chips.standing)
        if narrowed:
            self._restore()

    # Folding.

    def _fold_all(self) -> None:
        self._folded, self._to_open = set(self.model.cameras), []
        self._open_some()
        self.tree.collapseAll()

    def _unfold_all(self) -> None:
        self._folded.clear()
        self._to_open = list(self.model.cameras)
        self._open_some()

    def _restore(self, scrolled: int = 0) -> None:
        """Open the cameras that were open, some now and the rest in turns, and choose what was chosen."""
        self._to_open = [name for name in self.model.cameras if name not in self._folded]
        self.tree.executeDelayedItemsLayout()  # while all are closed: else they are all laid out at once
        self._scroll_to = scrolled
        self._open_some()
        self._follow()

    def _open_some(self) -> None:
        """Open cameras for a few milliseconds; the rest wait for the next turn of the event loop.

        Meanwhile nothing is painted: each turn would paint all that is seen, which costs more than opening.
        """
        begun, opened = time.perf_counter(), 0
        with self._in_step():
            for name in self._to_open:
                self.tree.expand(self.model.index_of_camera(name))
                opened += 1
                if time.perf_counter() - begun > _TURN_S:
                    break
        self._to_open = self._to_open[opened:]
        self.tree.viewport().setUpdatesEnabled(not self._to_open)
        if self._to_open:
            self._opening.start()
        elif self._scroll_to is not None:
            self.tree.verticalScrollBar().setValue(self._scroll_to)
            self._scroll_to = None

    # In step with the selection.

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

    def _let_go(self) -> None:
        with self._in_step():
            self.tree.selectionModel().clearSelection()

    def _take_up(self) -> None:
        with self._in_step():
            self.tree.choose(self._selection.keys, self._selection.current)
