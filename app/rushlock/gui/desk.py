"""The desk in the middle of the window: tabs of what is worked on, banners above them."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

_LEAST = QSize(360, 160)


class Desk(QWidget):
    """Banners, and below them tabs whose titles say how much there is.

    Attributes:
        tabs: The tabs.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.setMinimumSize(_LEAST)  # squeezed in a small window, rather than pushing panels out of it
        self._titles: dict[QWidget, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.tabs, 1)

    def add_banner(self, banner: QWidget) -> None:
        """Put a banner above the tabs, below those that are there."""
        self._column.insertWidget(self._column.count() - 1, banner)

    def add_tab(self, view: QWidget, title: str) -> None:
        """Put a view into a tab behind the others."""
        self._titles[view] = title
        self.tabs.addTab(view, title)

    def count(self, view: QWidget, amount: int) -> None:
        """Say in a tab's title how much is in it; empty, it says nothing of amounts."""
        title = self._titles[view]
        self.tabs.setTabText(self.tabs.indexOf(view), f"{title} ({amount:,})" if amount else title)

    def show_tab(self, view: QWidget, shown: bool) -> None:
        """Show or hide a view's tab."""
        self.tabs.setTabVisible(self.tabs.indexOf(view), shown)
