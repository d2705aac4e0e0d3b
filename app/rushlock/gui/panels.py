"""The window's docks: made, shown together with the desk, folded as the user left them."""

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

FIRST_SIZE = QSize(1440, 900)
_LEAST = QSize(300, 120)
_SIDE, _FOOT = 620, 320

_Area = Qt.DockWidgetArea


class Panels(QObject):
    """Docks by name, on the right or at the foot of a main window.

    Panels on the right share one frame with tabs, the first added in front.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._folded: set[QDockWidget] = set()
        self._shown = False
        self._unsized = False
        window.setCorner(Qt.Corner.BottomRightCorner, _Area.BottomDockWidgetArea)
        window.setTabPosition(_Area.RightDockWidgetArea, window.tabPosition(_Area.TopDockWidgetArea))
        options = QMainWindow.DockOption
        window.setDockOptions(options.AnimatedDocks | options.AllowNestedDocks | options.AllowTabbedDocks)

    def add_side(self, name: str, title: str, content: QWidget) -> None:
        """Put a panel to the right; ``name`` is what its place is remembered by."""
        beside = next((d for d in self._docks.values() if self._area(d) == _Area.RightDockWidgetArea), None)
        dock = self._make(name, title, content)
        self._window.addDockWidget(_Area.RightDockWidgetArea, dock)
        if beside is not None:
            self._window.tabifyDockWidget(beside, dock)
            beside.raise_()

    def add_foot(self, name: str, title: str, content: QWidget) -> None:
        """Put a panel at the foot."""
        self._window.addDockWidget(_Area.BottomDockWidgetArea, self._make(name, title, content))

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    @property
    def toggles(self) -> list[QAction]:
        """Actions that show and hide each panel."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def bring(self, name: str) -> None:
        """Show a panel, in front of those it shares a frame with."""
        self._docks[name].show()
        self._docks[name].raise_()

    def restore(self, layout: tuple[QByteArray, QByteArray] | None) -> None:
        """Lay out as remembered, or as at the first start; nothing is visible before ``show_desk``."""
        window = self._window
        if layout is None or not (window.restoreGeometry(layout[0]) and window.restoreState(layout[1])):
            window.resize(FIRST_SIZE)
            self._unsized = True
        self._folded = {dock for dock in self._docks.values() if dock.isHidden()}
        for dock in self._docks.values():
            dock.toggleViewAction().setVisible(False)
            dock.hide()

    def show_desk(self, shown: bool) -> None:
        """Show the panels that the user had open, or none."""
        if shown == self._shown:
            return
        self._shown = shown
        if not shown:
            self._folded = {dock for dock in self._docks.values() if dock.isHidden()}
        for dock in self._docks.values():
            dock.toggleViewAction().setVisible(shown)
            dock.setVisible(shown and dock not in self._folded)
        if shown and self._unsized:  # a dock that is hidden forgets what size it is given
            self._unsized = False
            QTimer.singleShot(0, self._first_sizes)

    def _first_sizes(self) -> None:
        for area, size, way in (
            (_Area.RightDockWidgetArea, _SIDE, Qt.Orientation.Horizontal),
            (_Area.BottomDockWidgetArea, _FOOT, Qt.Orientation.Vertical),
        ):
            docks = [dock for dock in self._docks.values() if self._area(dock) == area]
            self._window.resizeDocks(docks[:1], [size], way)

    def _area(self, dock: QDockWidget) -> Qt.DockWidgetArea:
        return self._window.dockWidgetArea(dock)

    def _make(self, name: str, title: str, content: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(_holder(content, dock))
        # A dock behind another's tab lies outside the window and calls itself visible: its content would be
        # computed for nobody, and Tab would lead to it.
        dock.visibilityChanged.connect(content.setVisible)
        kinds = QDockWidget.DockWidgetFeature
        dock.setFeatures(kinds.DockWidgetMovable | kinds.DockWidgetFloatable | kinds.DockWidgetClosable)
        self._docks[name] = dock
        return dock


def _holder(content: QWidget, dock: QDockWidget) -> QWidget:
    """Return what holds a content that is hidden at times: a dock without any cannot be given a size.

    Its own least size lets a content be squeezed in a small window, rather than pushed out of it.
    """
    holder = QWidget(dock)
    holder.setMinimumSize(_LEAST)
    content.setMinimumSize(_LEAST)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    return holder
