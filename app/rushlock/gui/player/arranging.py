"""Where panes go on a screen: beside, below, over each other, or in a grid."""

from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize

CAPTION = 36
"""Height of what is written under a picture."""

GAP = 4

_MUCH_LARGER = 1.2


class Layout(Enum):
    """How panes are shown."""

    BESIDE = "beside"
    OVER = "over"
    WIPE = "wipe"
    FOUR = "four"
    NINE = "nine"

    @property
    def count(self) -> int:
        """How many panes there is room for."""
        return {Layout.FOUR: 4, Layout.NINE: 9}.get(self, 2)

    @property
    def stacked(self) -> bool:
        """Whether both pictures lie in one place."""
        return self in (Layout.OVER, Layout.WIPE)


def cells(layout: Layout, count: int, size: QSize) -> list[QRect]:
    """Return where each of some panes goes, captions included."""
    if count == 0:
        return []
    if layout.stacked:
        return [QRect(0, 0, size.width(), size.height())] * count
    columns = _columns(count, size) if layout is Layout.BESIDE else (2 if layout is Layout.FOUR else 3)
    rows = -(-count // columns) if layout is Layout.BESIDE else columns
    width, height = (
        (size.width() - GAP * (columns - 1)) // columns,
        (size.height() - GAP * (rows - 1)) // rows,
    )
    places = (divmod(number, columns) for number in range(count))
    return [QRect(column * (width + GAP), row * (height + GAP), width, height) for row, column in places]


def picture_area(cell: QRect) -> QRect:
    """Return a cell without its caption."""
    return cell.adjusted(0, 0, 0, -min(CAPTION, max(cell.height() - 1, 0)))


def fitted(aspect: float, area: QRect) -> QRectF:
    """Return the largest rectangle of a shape in the middle of an area."""
    width = min(float(area.width()), area.height() * aspect)
    height = width / aspect
    left, top = area.x() + (area.width() - width) / 2, area.y() + (area.height() - height) / 2
    return QRectF(left, top, width, height)


def _columns(count: int, size: QSize) -> int:
    """Return 2 for pictures beside each other, 1 where they are much larger one below the other."""
    if count < 2:
        return 1
    shape = 16 / 9
    beside = fitted(shape, QRect(0, 0, size.width() // 2, size.height() - CAPTION)).width()
    stacked = fitted(shape, QRect(0, 0, size.width(), size.height() // 2 - CAPTION)).width()
    return 1 if stacked > _MUCH_LARGER * beside else 2
