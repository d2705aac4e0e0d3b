"""What the user decides about clips: each a step that can be undone, kept at once, settled behind.

*Accept* says that a clip is right where it is, or where it is being considered; *lock* keeps it there from
the user's own hands as well. What others consider together (pair view, player, timeline) comes in through
``Considered``; nothing is decided before it is asked for here.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from rushlock.gui.actions import make_action, separator
from rushlock.gui.considered import Considered
from rushlock.gui.document import Document
from rushlock.gui.review.placing import held_at, lag_of_marks, moved_by, placed_at, was_of
from rushlock.gui.review.timecode_dialog import TimecodeDialog
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row
from rushlock.gui.standing import Standing
from rushlock.gui.undo import Changes
from rushlock.gui.words import amount_of_clips, shift_words
from rushlock.placements.decisions import Decision, DecisionKind

Marks = tuple[float | None, float | None]

_NUDGE_S = 2.0  # what is moved farther was not nudged, it lies somewhere else


class Deciding(QObject):
    """Makes decisions about the chosen clips and the pair in hand.

    Attributes:
        marks: Returns when the same moment was marked in the master and in the clip in hand, each in seconds
            of clip time or None; whoever lets the user mark moments sets it.

    Signals:
        beginning: Something is about to be decided.
        decided: Keys of the clips that were decided about, whatever was decided.
        said: A word to the user that needs no answer.
    """

    beginning = Signal()
    decided = Signal(object)
    said = Signal(str)

    def __init__(
        self, window: QMainWindow, document: Document, selection: Selection, considered: Considered
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._selection = selection
        self._considered = considered
        self.marks: Callable[[], Marks] = lambda: (None, None)
        self._make_actions()
        for changed in (document.changed, selection.changed, considered.lag_changed):
            changed.connect(self.refresh)
        self.refresh()

    def _make_actions(self) -> None:
        window, tr = self._window, self.tr
        self.accept_action = make_action(
            window,
            tr("&Accept"),
            "accepted",
            "Return; Enter",
            tr("The clip is right where it is, or where you have just moved it"),
        )
        self.marks_action = make_action(
            window,
            tr("Set by &marks"),
            "manual",
            "M",
            tr("The moments marked in the master (I) and in the clip in hand (O) are one"),
        )
        self.timecode_action = make_action(
            window, tr("Set by &timecode…"), "manual", "Ctrl+Alt+T", tr("Type where the clip lies")
        )
        for action, slot in (
            (self.accept_action, self.accept),
            (self.marks_action, self._set_by_marks),
            (self.timecode_action, self.ask_timecode),
        ):
            action.triggered.connect(lambda _=False, slot=slot: slot())

    @property
    def actions(self) -> list[QAction]:
        """What the menu of decisions offers first."""
        return [self.accept_action, separator(self._window), self.marks_action, self.timecode_action]

    def refresh(self) -> None:
        """Enable what can be decided now."""
        node, master = self._considered.node, self._considered.master
        rows = self._chosen()
        placed = any(row.start is not None and row.standing is not Standing.EXCLUDED for row in rows)
        self.accept_action.setEnabled(placed or (node is not None and self._considered.touched))
        for action in (self.marks_action, self.timecode_action):
            action.setEnabled(node is not None and master is not None)

    # Where clips are right.

    def accept(self) -> None:
        """Keep the clip in hand where it is being considered, or the chosen clips where they are."""
        rows, node = self._chosen(), self._considered.node
        if len(rows) == 1 and node is not None and self._considered.touched and self._considered.moved:
            self.place(self._considered.lag)
        else:
            self._hold(self.tr("Accept {clips}"), rows, DecisionKind.ACCEPTED)

    def lock(self) -> None:
        """Keep the chosen clips where they are, from now on and from the user's own hands."""
        self._hold(self.tr("Lock {clips}"), self._chosen(), DecisionKind.LOCKED)

    def _hold(self, words: str, rows: Sequence[Row], kind: DecisionKind) -> None:
        if kind is DecisionKind.ACCEPTED:
            rows = [row for row in rows if row.standing is not Standing.LOCKED]
        held = {row.key: decision for row in rows if (decision := held_at(row, kind)) is not None}
        self._decide(words, held)
        if rows and not held:
            self.said.emit(self.tr("It has no place yet: nudge it, set marks or a timecode first."))

    # Where clips are put.

    def place(self, lag: float) -> None:
        """Put the clip in hand at an offset from its master, seconds on the latter's clock."""
        node, master = self._considered.node, self._considered.master
        if node is not None and master is not None and not self._refuses(node):
            self._put(node, master, placed_at(master, node, lag, self._document.shoot))

    def move(self, key: str, seconds: float) -> None:
        """Move a placed clip later (negative: earlier) by seconds of its group's clock."""
        node = self._document.shoot.by_key.get(key)
        if node is not None and not self._refuses(node):
            master = self._considered.master
            self._put(node, master, moved_by(node, seconds, master, self._document.shoot))

    def set_by_marks(self, master_time: float, node_time: float) -> None:
        """Put the pair in hand where both show the same moment, marked in each in seconds of clip time."""
        node, master = self._considered.node, self._considered.master
        if node is not None and master is not None:
            self.place(lag_of_marks(master, master_time, node, node_time))

    def _set_by_marks(self) -> None:
        master_time, node_time = self.marks()
        if master_time is None or node_time is None:
            self.said.emit(self.tr("Mark the same moment first: I in the master, O in the clip in hand."))
        else:
            self.set_by_marks(master_time, node_time)

    def ask_timecode(self) -> None:
        """Ask where the clip in hand lies by timecode, and put it there."""
        node, master = self._considered.node, self._considered.master
        if node is None or master is None or self._refuses(node):
            return
        dialog = TimecodeDialog(node, master, self._document.shoot, self._window)
        dialog.accepted.connect(lambda: self._set_by_timecode(node, master, dialog.lag))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_by_timecode(self, node: Row, master: Row, lag: float | None) -> None:
        if lag is not None:
            self._put(node, master, placed_at(master, node, lag, self._document.shoot))

    def _put(self, node: Row, master: Row | None, decisions: Sequence[Decision]) -> None:
        """Keep a place set by hand: as a nudge where the clip only moved on its clock."""
        if not decisions:
            return
        decision = decisions[-1]
        group = None if node.placement is None else node.placement.group
        if len(decisions) == 1 and node.start is not None and decision.clock and decision.group == group:
            seconds = decision.clock.start - node.start
            self.beginning.emit()
            self._document.nudge(lambda far: self._moved_words(node, far), decision, seconds)
            self.decided.emit([node.key])
        else:
            words = self.tr("Place {clips} against {master}")
            words = words.replace("{master}", "" if master is None else master.clip.name)
            self._decide(words, {d.clip: d for d in decisions}, named=[node])

    def _moved_words(self, node: Row, seconds: float) -> str:
        name = node.clip.name
        if abs(seconds) > _NUDGE_S:
            return self.tr("Take another place for {clip}").format(clip=name)
        far = shift_words(seconds, self._document.shoot.rate)
        return self.tr("Nudge {clip} by {far}").format(clip=name, far=far)

    def _refuses(self, node: Row) -> bool:
        if node.standing is not Standing.LOCKED:
            return False
        self.said.emit(self.tr("{clip} is locked: unlock it first.").format(clip=node.clip.name))
        return True

    # Which clips have no place.

    def reject(self) -> None:
        """Say that the chosen clips overlap nothing."""
        self._decide(self.tr("{clips} overlaps nothing"), self._all(DecisionKind.REJECTED))

    def exclude(self) -> None:
        """Leave the chosen clips out."""
        self._decide(self.tr("Exclude {clips}"), self._all(DecisionKind.EXCLUDED))

    def release(self) -> None:
        """Take back what was decided about the chosen clips."""
        self._decide(self.tr("Take back {clips}"), {row.key: None for row in self._chosen() if row.decision})

    def _all(self, kind: DecisionKind) -> Changes:
        return {row.key: Decision(row.key, kind, was=was_of(row)) for row in self._chosen()}

    def _decide(self, words: str, changes: Changes, named: Sequence[Row] = ()) -> None:
        if not changes:
            return
        rows = named or [self._document.shoot.by_key[key] for key in changes]
        clips = rows[0].clip.name if len(rows) == 1 else amount_of_clips(len(rows))
        self.beginning.emit()
        self._document.decide(words.replace("{clips}", clips), changes)
        self.decided.emit(list(changes))

    def _chosen(self) -> list[Row]:
        by_key = self._document.shoot.by_key
        return [by_key[key] for key in sorted(self._selection.keys) if key in by_key]
