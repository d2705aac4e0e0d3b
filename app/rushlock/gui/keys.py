"""Keys as the user wants them: changed, kept, taken back; what two commands both claim is said beforehand.

A command is remembered by the keys that it has from the start. Those are written the same in every language
and belong to one command only (a test sees to it); so nothing else has to be named for this.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from rushlock.gui.state import WindowState

_GROUP = "keys/"
_NONE = "none"
_Portable = QKeySequence.SequenceFormat.PortableText


class Keys(QObject):
    """The keys of a window's commands.

    Attributes:
        actions: Commands whose keys can be changed.
    """

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._first: dict[QAction, list[QKeySequence]] = {}

    @property
    def actions(self) -> list[QAction]:
        """Commands whose keys can be changed."""
        return list(self._first)

    def adopt(self, actions: Iterable[QAction]) -> None:
        """Take commands in with the keys that they have now, and give them those that were kept."""
        for action in actions:
            if action.shortcuts() and action not in self._first:
                self._first[action] = action.shortcuts()
                kept = self._state.word(self._name(action))
                if kept:
                    self._give(action, [] if kept == _NONE else QKeySequence.listFromString(kept))

    def changed(self, action: QAction) -> bool:
        """Return whether a command has other keys than at first."""
        return action in self._first and action.shortcuts() != self._first[action]

    def holders(self, keys: QKeySequence, action: QAction) -> list[QAction]:
        """Return other commands with the same keys, or with some where one begins with the other."""
        return [
            other
            for other in self._first
            if other is not action and any(_collide(keys, held) for held in other.shortcuts())
        ]

    def change(self, action: QAction, keys: QKeySequence) -> None:
        """Give a command these keys instead of its own, none if they are empty; others give them up."""
        if not keys.isEmpty():
            for other in self.holders(keys, action):
                self._keep(other, [held for held in other.shortcuts() if not _collide(keys, held)])
        self._keep(action, [] if keys.isEmpty() else [keys])

    def reset(self, action: QAction) -> None:
        """Give a command the keys that it had at first; others that hold them now give them up."""
        for keys in self._first[action]:
            for other in self.holders(keys, action):
                self._keep(other, [held for held in other.shortcuts() if not _collide(keys, held)])
        self._keep(action, self._first[action])

    def reset_all(self) -> None:
        """Give every command the keys that it had at first."""
        for action, keys in self._first.items():
            self._keep(action, keys)

    def _keep(self, action: QAction, keys: Sequence[QKeySequence]) -> None:
        self._give(action, keys)
        word = "" if not self.changed(action) else QKeySequence.listToString(keys, _Portable) or _NONE
        self._state.keep_word(self._name(action), word)

    def _give(self, action: QAction, keys: Sequence[QKeySequence]) -> None:
        before = _said(action)
        action.setShortcuts(list(keys))
        plain = action.toolTip().removesuffix(before).rstrip()
        action.setToolTip(f"{plain} {_said(action)}".rstrip())

    def _name(self, action: QAction) -> str:
        # Slashes would part an INI file's groups, and Qt folds the case of nothing else.
        return _GROUP + QKeySequence.listToString(self._first[action], _Portable).replace("/", "Slash")


def _collide(one: QKeySequence, other: QKeySequence) -> bool:
    none = QKeySequence.SequenceMatch.NoMatch
    return one.matches(other) != none or other.matches(one) != none


def _said(action: QAction) -> str:
    """Return how a tooltip names the keys."""
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"({shown})" if shown else ""
