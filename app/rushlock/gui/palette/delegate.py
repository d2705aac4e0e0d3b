"""How the palette paints a row: found letters stand out, menu or camera behind, keys at the edge."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rushlock.gui.palette.entries import Entry
from rushlock.gui.palette.model import ENTRY, PLACES
from rushlock.gui.theme import colour

_SIGN, _EDGE, _GAP = 16, 10, 12
_AIR = 12


class PaletteDelegate(QStyledItemDelegate):
    """Paints entries."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the same height for every row."""
        return QSize(200, QFontMetrics(option.font).height() + _AIR)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, colour("pressed"))
        ink = colour("pressed-text" if chosen else "text")
        quiet = ink if chosen else colour("muted")
        box = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        sign = QRect(box.left(), box.center().y() - _SIGN // 2 + 1, _SIGN, _SIGN)
        entry.sign().paint(painter, sign)
        box.setLeft(sign.right() + _GAP)
        painter.setFont(option.font)
        painter.setPen(quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.keys)
        if entry.keys:
            box.setRight(box.right() - QFontMetrics(option.font).horizontalAdvance(entry.keys) - _GAP)
        box.setLeft(_paint_title(painter, box, entry.title, index.data(PLACES), ink) + _GAP)
        painter.setFont(option.font)
        painter.setPen(quiet)
        where = QFontMetrics(option.font).elidedText(entry.where, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, where)


def _paint_title(painter: QPainter, box: QRect, title: str, places: tuple[int, ...], ink: QColor) -> int:
    """Paint a title, found letters bold, and return where it ends."""
    plain, bold = QFont(painter.font()), QFont(painter.font())
    bold.setBold(True)
    found = set(places)
    at = box.left()
    for begin, end in _runs(title, found):
        painter.setFont(bold if begin in found else plain)
        painter.setPen(ink)
        part = title[begin:end]
        room = QRect(at, box.top(), max(box.right() - at, 0), box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, part)
        at += QFontMetrics(painter.font()).horizontalAdvance(part)
    return min(at, box.right())


def _runs(title: str, found: set[int]) -> list[tuple[int, int]]:
    """Return the stretches of a title whose letters were all found, or all not."""
    cuts = [at for at in range(1, len(title)) if (at in found) != (at - 1 in found)]
    return list(zip([0, *cuts], [*cuts, len(title)], strict=True))
