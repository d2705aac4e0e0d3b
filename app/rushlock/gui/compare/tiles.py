"""Tiles of a heatmap as pictures: made beside the window's work, kept while there is room."""

from collections import OrderedDict, deque
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.gui.side_job import SideJob
from rushlock.similarity.colours import coloured
from rushlock.similarity.scales import ScaledMatrix

Key = tuple[int, int, int]
"""Level, row and column of a tile."""

Made = tuple[Key, npt.NDArray[np.uint8]]

MOST = 240
"""Tiles kept: 256 x 256 pixels of three bytes each, 47 MB."""


class TileStore(QObject):
    """The tiles of one matrix.

    Signals:
        arrived: Some that were wanted are there.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix: ScaledMatrix | None = None
        self._held: OrderedDict[Key, QImage] = OrderedDict()
        self._made: deque[Made] = deque()
        self._wanted: tuple[Key, ...] = ()
        self.job = SideJob(self)
        self.job.progressed.connect(self._collect)

    def show(self, matrix: ScaledMatrix | None) -> None:
        """Go on with another matrix; nothing of the old one is left."""
        self.job.stop()
        self.matrix, self._wanted = matrix, ()
        self._held.clear()
        self._made = deque()  # what the stopped errand still makes falls into the old one

    def tile(self, key: Key) -> QImage | None:
        """Return a tile if it is there."""
        return self._held.get(key)

    def want(self, keys: Iterable[Key]) -> None:
        """Have tiles made, in this order; those wanted before and not now are not made any more."""
        missing = tuple(key for key in keys if key not in self._held)
        if self.matrix is None or missing == self._wanted:
            return
        self._wanted = missing
        if not missing:
            self.job.stop()
            return
        matrix, made = self.matrix, self._made
        self.job.start(lambda token: _coloured(matrix, missing, made, token), self._collect)

    def _collect(self, _: object = None) -> None:
        some = False
        while self._made:
            key, pixels = self._made.popleft()
            height, width = pixels.shape[:2]
            image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
            self._held[key] = image.convertToFormat(QImage.Format.Format_RGB32)
            self._held.move_to_end(key)
            some = True
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        if some:
            self._wanted = tuple(key for key in self._wanted if key not in self._held)
            self.arrived.emit()


def _coloured(
    matrix: ScaledMatrix, keys: tuple[Key, ...], made: deque[Made], token: CancelToken
) -> Stage[None]:
    """Make tiles one by one and lay them down as they are done."""
    for done, key in enumerate(keys):
        token.check()
        low, high = matrix.stretch(key[0])
        made.append((key, coloured(matrix.tile(*key), low, high)))
        yield Progress("Drawing", done + 1, len(keys), unit="tiles")
