"""Which clips are chosen, in one place, so that bin, timeline and details stay in step."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """Chosen clip keys and the one in hand.

    Signals:
        changed: Other clips are chosen; sent only when something really changed, so views may set it from
    its own signal.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: frozenset[str] = frozenset()
        self.current: str = ""

    def choose(self, keys: Iterable[str], current: str = "") -> None:
        """Choose exactly these clips; ``current`` is the one in hand, any of them if not given."""
        chosen = frozenset(keys)
        if current not in chosen:
            current = self.current if self.current in chosen else next(iter(sorted(chosen)), "")
        if (chosen, current) == (self.keys, self.current):
            return
        self.keys, self.current = chosen, current
        self.changed.emit()

    def toggle(self, key: str) -> None:
        """Add a clip to the chosen ones, or take it away."""
        self.choose(self.keys ^ {key}, key)

    def keep(self, known: Iterable[str]) -> None:
        """Forget clips that are gone."""
        self.choose(self.keys & frozenset(known), self.current)
