"""What the user does to a project, as steps that can be undone."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

from rushlock.placements.decisions import Decision

Changes = Mapping[str, Decision | None]
"""Clip key to its decision; None where there is none (any more)."""

T = TypeVar("T")

_NUDGE = 1  # any number; steps with the same may merge


class Step(QUndoCommand, Generic[T]):
    """One step: how something was before and after. It is done already when it is pushed.

    ``keep`` writes one or the other and returns whether that was possible.
    """

    def __init__(self, text: str, keep: Callable[[T], bool], before: T, after: T) -> None:
        super().__init__(text)
        self._keep = keep
        self._before = before
        self._after = after
        self._done = True

    def redo(self) -> None:
        """Do it again."""
        if not self._done and not self._keep(self._after):
            self.setObsolete(True)
        self._done = False

    def undo(self) -> None:
        """Take it back."""
        if not self._keep(self._before):
            self.setObsolete(True)


class Nudge(Step[Changes]):
    """A step that takes up further nudges of the same clip, so that a series of them is undone at once."""

    def __init__(
        self,
        words: Callable[[float], str],
        keep: Callable[[Changes], bool],
        before: Changes,
        after: Changes,
        seconds: float,
    ) -> None:
        super().__init__(words(seconds), keep, before, after)
        self._words = words
        self._seconds = seconds

    def id(self) -> int:
        """Tell Qt that such steps may be one."""
        return _NUDGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later nudge of the same clip up."""
        if not isinstance(other, Nudge) or other._after.keys() != self._after.keys():
            return False
        self._after = other._after
        self._seconds += other._seconds
        self.setText(self._words(self._seconds))
        return True
