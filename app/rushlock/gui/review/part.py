"""The review part put together: queue, decisions, settling, and what is said of them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from rushlock.gui.actions import Actions, separator
from rushlock.gui.considered import Considered
from rushlock.gui.document import Document
from rushlock.gui.review.deciding import Deciding
from rushlock.gui.review.moves_banner import MovesBanner, old_starts
from rushlock.gui.review.settler import Settler
from rushlock.gui.review.view import ReviewView
from rushlock.gui.review.walking import Walking
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.placements.moves import Move


class ReviewPart(QObject):
    """What the main window needs of reviewing.

    Attributes:
        view: The queue.
        banner: What moved along with the latest decision.
        deciding: What can be decided.
        settler: Settles neighbours behind decisions.

    Signals:
        moved: Where clips lay that moved along with a decision: clip key to seconds; empty where none did.
        said: A word to the user that needs no answer.
    """

    moved = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        document: Document,
        selection: Selection,
        considered: Considered,
        acts: Actions,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._selection = selection
        self._acts = acts
        self.settler = Settler(document, self)
        self.deciding = Deciding(window, document, selection, considered)
        self.view = ReviewView(selection, considered, window)
        self.banner = MovesBanner(window)
        self._walking = Walking(window, self.view, self.deciding, selection)
        accept, *others = self.deciding.actions
        line = separator(window)
        self.menu: list[QAction] = [accept, acts.reject, *others, line, *self._walking.actions]
        self.clip_menu: list[QAction] = [accept, *acts.decisions]
        self.view.offer([accept, acts.reject], [*reversed(self._walking.actions)])
        self._connect()

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self.view.show_shoot(shoot)
        self._walking.refresh()

    def _connect(self) -> None:
        acts, deciding = self._acts, self.deciding
        for action, slot in (
            (acts.lock, deciding.lock),
            (acts.reject, deciding.reject),
            (acts.exclude, deciding.exclude),
            (acts.release, deciding.release),
        ):
            action.triggered.connect(lambda _=False, slot=slot: slot())
        deciding.said.connect(self.said)
        self.settler.moved.connect(self._tell_moves)
        self.settler.unable.connect(self._tell_unable)
        deciding.beginning.connect(self.banner.hide)
        self.banner.chosen.connect(lambda key: self._selection.choose([key]))

    def _tell_moves(self, moves: tuple[Move, ...]) -> None:
        self.banner.show_moves(moves, self._document.shoot)
        self.moved.emit(old_starts(moves))

    def _tell_unable(self) -> None:
        text = self.tr("Synced by an older Rushlock: sync once more, then neighbours follow your decisions.")
        self.said.emit(text)
