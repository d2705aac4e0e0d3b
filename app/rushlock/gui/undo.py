"""Decisions as steps that can be undone."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from rushlock.placements.decisions import Decision

Changes = Mapping[str, Decision | None]
"""Clip key to its decision; None where there is none (any more)."""


class Keeper(Protocol):
    """Whoever writes decisions."""

    def keep(self, changes: Changes) -> bool:
        """Write decisions and return whether that was possible."""
        ...


class Decide(QUndoCommand):
    """One step: what was decided about some clips before and after. It is done already when it is pushed."""

    def __init__(self, text: str, keeper: Keeper, before: Changes, after: Changes) -> None:
        super().__init__(text)
        self._keeper = keeper
        self._before = before
        self._after = after
        self._done = True

    def redo(self) -> None:
        """Do it again."""
        if not self._done and not self._keeper.keep(self._after):
            self.setObsolete(True)
        self._done = False

    def undo(self) -> None:
        """Take it back."""
        if not self._keeper.keep(self._before):
            self.setObsolete(True)
