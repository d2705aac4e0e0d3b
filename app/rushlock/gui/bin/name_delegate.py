"""Draws a clip's name with its thumbnail before it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rushlock.gui.bin.model import BinModel
from rushlock.gui.icons import icon, picture
from rushlock.gui.shoot import Row
from rushlock.gui.theme import colour
from rushlock.gui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex

PICTURE = QSize(50, 28)
_DENSE, _ROOMY = 22, PICTURE.height() + 4
_MARK = 12


class NameDelegate(QStyledItemDelegate):
    """A picture of fixed size before each clip's name, so that names stand below each other.

    Attributes:
        pictures: Whether thumbnails are shown; without them rows are dense.
        master: Key of the clip that is marked as master.
    """

    def __init__(self, model: BinModel, thumbnails: Thumbnails | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bin = model
        self._thumbnails = thumbnails
        self.pictures = thumbnails is not None
        self.master = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one height for all rows."""
        return QSize(super().sizeHint(option, index).width(), _ROOMY if self.pictures else _DENSE)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Keep room for the picture before a clip's name."""
        super().initStyleOption(option, index)
        row = self._bin.row_at(index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle  # names differ at their ends
        option.font.setBold(row is None)
        if row is None or not (self.pictures or row.key == self.master):
            return
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = PICTURE if self.pictures else QSize(_MARK, _MARK)
        option.icon = QIcon()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw name and picture."""
        super().paint(painter, option, index)
        row = self._bin.row_at(index)
        if row is None:
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        place = whole.widget.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemDecoration, whole, whole.widget
        )
        if self.pictures:
            self._draw_picture(painter, place, row)
        if row.key == self.master:
            _draw_mark(painter, place)

    def _draw_picture(self, painter: QPainter, place: QRect, row: Row) -> None:
        painter.fillRect(place, colour("window"))
        shown = None if self._thumbnails is None else self._thumbnails.picture(row.key)
        if shown is not None:
            at = QRect(place)
            at.setSize(shown.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
            at.moveCenter(place.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(at, shown)
        elif row.clip.picture is None:
            icon("recorder").paint(painter, place.adjusted(0, 6, 0, -6), mode=QIcon.Mode.Disabled)


def _draw_mark(painter: QPainter, place: QRect) -> None:
    """Mark the master in the lower right corner of its picture."""
    mark = QRect(place.right() - _MARK + 1, place.bottom() - _MARK + 1, _MARK, _MARK)
    painter.fillRect(mark, colour("accent-deep"))
    painter.drawPixmap(mark, picture("master", 2 * _MARK, "#ffffff"))
