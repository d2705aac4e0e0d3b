"""What the user does to a project, as steps that can be undone."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

from rushlock.placements.decisions import Decision

Changes = Mapping[str, Decision | None]
"""Clip key to its decision; None where there is none (any more)."""

T = TypeVar("T")


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
