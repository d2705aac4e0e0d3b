"""Small pictures for views: at once where they are in memory, else made in the background.

A view asks while it paints. What is missing is remembered and made by one thread, clip by clip: what was
asked for in the latest turn of the event loop first, in the order in which it was asked, for that is what
is seen now; what was scrolled past long ago is forgotten. A clip whose picture cannot be made is not tried
again before it lies somewhere else.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import open_default
from rushlock.gui.shoot import Shoot
from rushlock.gui.side_job import SideJob
from rushlock.media.clip import Clip
from rushlock.media.thumbnails import on_grid, poster_instant, thumbnails

_MOST_KEPT = 1500  # some 55 MB
_MOST_WAITING = 600
_AT_ONCE = 8  # of one clip, so that others need not wait for long

Wanted = tuple[str, Fraction]
"""Clip key and instant."""


class Thumbnails(QObject):
    """Thumbnails of a shoot's clips.

    Signals:
        arrived: A clip's key; another picture of it can be had now.
    """

    arrived = Signal(str)

    def __init__(self, settings: Callable[[], Settings] = Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._shoot = Shoot()
        self._kept: OrderedDict[Wanted, QPixmap] = OrderedDict()
        self._fresh: dict[Wanted, None] = {}
        self._waiting: dict[Wanted, None] = {}
        self._hopeless: dict[Wanted, Clip] = {}
        self._job = SideJob(self)
        self._job.ended.connect(self._begin)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._begin)

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self._shoot = shoot

    def picture(self, key: str, instant: Fraction | float | None = None) -> QPixmap | None:
        """Return a clip's picture, None where it has none or has to be made first: ``arrived`` tells then.

        Costs microseconds; meant to be called while painting, for what is visible only.

        Args:
            key: Clip key.
            instant: Seconds of clip time, taken to a grid of quarter seconds; None: the one that stands
                for the whole clip. Views that ask at a few fixed distances (powers of two) share pictures.

        Returns:
            At most ``media.thumbnails.WIDTH`` x ``HEIGHT`` pixels in the picture's own shape.
        """
        row = self._shoot.by_key.get(key)
        if row is None or row.clip.picture is None:
            return None
        wanted = key, poster_instant(row.clip) if instant is None else on_grid(row.clip, instant)
        known = self._kept.get(wanted)
        if known is not None:
            self._kept.move_to_end(wanted)
            return known
        if self._hopeless.get(wanted) is not row.clip:
            self._fresh[wanted] = None
            self._turn.start()
        return None

    def stop(self) -> None:
        """Make nothing more for now; what waits is forgotten."""
        self._fresh.clear()
        self._waiting.clear()
        self._hopeless.clear()
        self._turn.stop()
        self._job.stop()

    def wait(self) -> None:
        """Block until no thread runs (closing the window; tests)."""
        self._job.wait()

    def _begin(self) -> None:
        """Make what is wanted most, unless something is being made."""
        self._queue()
        if self._job.busy or not self._waiting:
            return
        key: str = next(iter(self._waiting))[0]
        wanted = [each for each in self._waiting if each[0] == key][:_AT_ONCE]
        for each in wanted:
            del self._waiting[each]
        row = self._shoot.by_key.get(key)
        if row is None:
            self._turn.start()
        else:
            self._make(row.clip, wanted)

    def _queue(self) -> None:
        """Put what was asked for in this turn before what waits from earlier ones."""
        if self._fresh:
            order = [*self._fresh, *(each for each in self._waiting if each not in self._fresh)]
            self._waiting = dict.fromkeys(order[:_MOST_WAITING])
            self._fresh = {}

    def _make(self, clip: Clip, wanted: Sequence[Wanted]) -> None:
        settings, instants = self._settings(), [instant for _, instant in wanted]
        # Taken for hopeless until they are there: so nobody asks for them twice meanwhile.
        self._hopeless.update(dict.fromkeys(wanted, clip))
        self._job.start(
            lambda token: _images(clip, instants, settings, token), lambda made: self._take(clip.key, made)
        )

    def _take(self, key: str, images: Mapping[Fraction, QImage]) -> None:
        for instant, image in images.items():
            self._hopeless.pop((key, instant), None)
            self._kept[key, instant] = QPixmap.fromImage(image)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        if images:
            self.arrived.emit(key)


def _images(
    clip: Clip, instants: Sequence[Fraction], settings: Settings, token: CancelToken
) -> Stage[dict[Fraction, QImage]]:
    """Return a clip's thumbnails as images that may pass between threads."""
    made = yield from thumbnails(clip, instants, open_default(settings), token)
    images = {instant: QImage.fromData(jpeg) for instant, jpeg in made.items()}
    return {instant: image for instant, image in images.items() if not image.isNull()}
