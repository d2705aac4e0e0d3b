"""What one clip shows at a moment: its picture, or why there is none."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from rushlock.gui.player.decks import Decks
from rushlock.gui.shoot import Row
from rushlock.gui.words import tr

if TYPE_CHECKING:
    from rushlock.media.playing.deck import Deck
    from rushlock.media.playing.easel import Still
    from rushlock.media.playing.run import Sight


_JITTER_S = 0.001  # see ``FrameReader.late``


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a pane's moment.

    Attributes:
        at: Clip time, seconds.
        begin, end: When the frame on screen appears and goes; None: not known.
        exact: Whether what is shown is the very frame, or surely nothing is.
    """

    at: float = 0.0
    begin: float | None = None
    end: float | None = None
    exact: bool = False

    @property
    def middle(self) -> float:
        """Middle of the frame on screen, the moment itself where that is not known."""
        return self.at if self.begin is None or self.end is None else (self.begin + self.end) / 2


class Pane:
    """One clip to be watched.

    Attributes:
        row: Its clip.
        image: What to paint; None: nothing.
        aspect: Width by height of the picture.
        light: Whether it comes from a light copy.
        word: What to say instead of a picture, or under it.
        look: What is known of the moment.
    """

    def __init__(self, row: Row, decks: Decks) -> None:
        self.row, self._decks = row, decks
        self.image: QImage | None = None
        self.aspect = _aspect(row)
        self.light = False
        self.word = ""
        self.look = Look()
        self._still: Still | None = None

    @property
    def deck(self) -> "Deck | None":
        """What decodes it; None: no picture, or not open yet."""
        return self._decks.deck(self.row.key)

    def refresh(self, at: float, speed: float) -> bool:
        """Aim at a moment of clip time, take what is there; return whether there is something new to see."""
        before = self._still, self.word, self.look.begin
        outside, deck = self._outside(at), self.deck
        if deck is not None:
            deck.aim(at, speed)
        if deck is not None and not outside:
            self._take(deck.sight(at), at, deck.trouble(at))
        else:
            self.look = Look(at, exact=bool(outside) or self.row.clip.picture is None)
            self.word = outside or self._without_picture()
            if outside:
                self._drop()
        sounding = self.row.clip.picture is None and not outside  # its waveform goes by
        return sounding or before != (self._still, self.word, self.look.begin)

    @property
    def caption(self) -> str:
        """The clip's own timecode of the frame on screen, or where it has none the frame's number."""
        rate = self.row.clip.rate
        if rate is None or self._outside(self.look.at):
            return ""
        begin = self.look.at if self.look.begin is None else self.look.begin
        since = Fraction(begin) - _picture_start(self.row)
        number = rate.frame_at(since, "nearest" if self.look.begin is not None else "floor")
        timecode = self.row.clip.timecode
        if timecode is None or timecode.rate != rate:
            return f"{number:,} f"
        return str(timecode + number)

    def beside(self, at: float, way: int) -> float:
        """Return the middle of the frame after (1) or before (-1) the one on screen at a clip time."""
        deck = self.deck
        frame_s = 1 / float(self.row.clip.rate.fps) if self.row.clip.rate is not None else 0.04
        here = self.look.begin, self.look.end
        if deck is None or here[0] is None or here[1] is None:
            return at + way * frame_s
        guess = here[1] + frame_s / 2 if way > 0 else here[0] - frame_s / 2
        sight = deck.sight(here[1] + 1e-6 if way > 0 else here[0] - 2 * _JITTER_S)
        if not sight.exact or sight.begin is None or sight.end is None:
            return guess
        return (sight.begin + sight.end) / 2

    def _take(self, sight: "Sight", at: float, trouble: str) -> None:
        self.look = Look(at, sight.begin, sight.end, sight.exact or bool(trouble))
        self.word = trouble
        still = sight.still
        if still is not None and still is not self._still:
            pixels = still.pixels()
            rows, columns = pixels.shape
            self.image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32)
            self._pixels = pixels  # the image does not keep them
            self._still, self.aspect, self.light = still, still.aspect, still.light
        elif still is None and (sight.exact or trouble):
            self._drop()

    def _drop(self) -> None:
        self.image = self._still = None

    def _outside(self, at: float) -> str:
        if at < -1e-6:
            return tr("player", "not begun yet")
        return tr("player", "over") if at > float(self.row.clip.duration) + 1e-6 else ""

    def _without_picture(self) -> str:
        return "" if self.row.clip.picture is not None else tr("player", "sound only")


def _aspect(row: Row) -> float:
    picture = row.clip.picture
    if picture is None or not picture.width or not picture.height:
        return 16 / 9
    aspect = picture.width / picture.height
    return 1 / aspect if round(picture.rotation / 90) % 2 else aspect


def _picture_start(row: Row) -> Fraction:
    """Return the clip time at which the picture begins."""
    file = row.clip.files[0]
    return file.pictures[0].start - file.start
