"""Has the pair in hand compared beside the window's work, once somebody looks and holds still."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.gui.compare.loops import thirds_of, told_of
from rushlock.gui.considered import Considered
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.side_job import SideJob
from rushlock.pipeline.pair_view.question import (
    BOTH,
    PICTURE,
    SOUND,
    Comparison,
    Modality,
    NetSide,
    Question,
)

_SETTLE_MS = 90

Compare = Callable[[Question, CancelToken], Stage[Comparison]]


class Asking(QObject):
    """The question in hand and its answer.

    Attributes:
        modality: What the user wishes to see; a pair that lacks it is compared by what it has.
        comparison: The latest answer; None while there is none to the pair in hand.

    Signals:
        answered: There is another comparison.
        cleared: There is none any more: another pair, or none.
        began: Something is computed.
        progressed: Its ``Progress``.
        failed: Why nothing came of it, in words.
        ended: Nothing is computed any more.
    """

    answered = Signal(object)
    cleared = Signal()
    began = Signal()
    progressed = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(
        self, considered: Considered, compare: Compare, settings: Callable[[], Settings], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.modality: Modality = SOUND
        self.comparison: Comparison | None = None
        self._considered, self._compare, self._settings = considered, compare, settings
        self._shoot = Shoot()
        self._looked_at = False
        self._asked: tuple[str, str, Modality] | None = None
        self.job = SideJob(self)
        self.job.began.connect(self.began)
        self.job.progressed.connect(self.progressed)
        self.job.failed.connect(lambda error: self.failed.emit(str(error) or type(error).__name__))
        self.job.ended.connect(self.ended)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        considered.pair_changed.connect(self._pair_changed)

    def show_shoot(self, shoot: Shoot) -> None:
        """Ask about clips as another snapshot knows them."""
        self._shoot = shoot

    def look(self, looked_at: bool) -> None:
        """Say whether anybody looks; nothing is computed for nobody."""
        self._looked_at = looked_at
        if looked_at:
            self._settle.start()
        else:
            self.job.stop()
            if self.comparison is None:
                self._asked = None

    def ask_for(self, modality: Modality) -> None:
        """Ask for the pair in another modality."""
        self.modality = modality
        self._settle.start(0)

    def again(self) -> None:
        """Ask once more: media are back, a failure is mended."""
        self._asked = None
        self._settle.start(0)

    @property
    def pair(self) -> tuple[Row, Row] | None:
        """The clips in hand."""
        master, node = self._considered.master, self._considered.node
        return None if master is None or node is None else (master, node)

    def _pair_changed(self) -> None:
        if self._question_of_pair() != (self._asked or (None,) * 3)[:2]:
            self.job.stop()
            self.comparison, self._asked = None, None
            self.cleared.emit()
        self._settle.start()

    def _question_of_pair(self) -> tuple[str, str] | None:
        return None if self.pair is None else (self.pair[0].key, self.pair[1].key)

    def _ask(self) -> None:
        if not self._looked_at or self.pair is None:
            return
        master, node = self.pair
        modality = fitting(self.modality, master, node)
        asked = master.key, node.key, modality
        if asked == self._asked:
            return
        self._asked = asked
        question = Question(
            master=master.clip,
            node=node.clip,
            modality=modality,
            lag=self._considered.lag,
            told=told_of(master, node),
            thirds=thirds_of(master, node, self._shoot),
            settings=self._settings(),
        )
        self.job.start(lambda token: self._compare(question, token), self._take)

    def _take(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.answered.emit(comparison)


def fitting(wish: Modality, master: Row, node: Row) -> Modality:
    """Return what a pair can be compared by: as wished, else by what both have."""
    heard = all(row.clip.has_sound for row in (master, node))
    seen = all(row.clip.picture is not None for row in (master, node))
    possible = {SOUND: heard, PICTURE: seen, BOTH: heard and seen}
    if isinstance(wish, NetSide) or possible[wish]:
        return wish
    return next((other for other in (SOUND, PICTURE) if possible[other]), wish)


def pipeline_compare(question: Question, token: CancelToken) -> Stage[Comparison]:
    """Run the pipeline's own stage; loaded here because it brings a good deal along."""
    yield Progress("Starting", 0, 0, unit="")
    from rushlock.cache.store import open_default
    from rushlock.pipeline.pair_view.comparing import comparison

    return (yield from comparison(question, open_default(question.settings), token))
