"""Everything that stands in a menu bar, read from the menus themselves, so that nothing can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class Listed:
    """An action as it stands in the menus.

    Attributes:
        menu: Titles of the menus that lead to it, the outermost first.
        action: It.
    """

    menu: tuple[str, ...]
    action: QAction


def walked(bar: QMenuBar) -> list[Listed]:
    """Return every action of a menu bar once, in the order of the menus."""
    found: dict[int, Listed] = {}
    for entry in bar.actions():
        for listed in _within(entry, ()):
            found.setdefault(id(listed.action), listed)
    return list(found.values())


def plain(text: str) -> str:
    """Return a menu's or action's words without the marks that belong to menus."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def keys_text(action: QAction) -> str:
    """Return the keys of an action as the system writes them, several parted by a slash.

    Office keyboards' keys of their own ("Open", "Find"), which Qt adds to its standard keys, are not told.
    """
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(keys.toString(native) for keys in action.shortcuts() if not _of_office(keys))


def _of_office(keys: QKeySequence) -> bool:
    # PySide's stubs do not know that a sequence can be indexed.
    return keys.count() == 1 and keys[0].key() >= Qt.Key.Key_Back  # type: ignore[index]


def _within(entry: QAction, menu: tuple[str, ...]) -> Iterator[Listed]:
    inner = entry.menu()
    if isinstance(inner, QMenu):
        for action in inner.actions():
            yield from _within(action, (*menu, plain(entry.text())))
    elif not entry.isSeparator() and entry.text():
        yield Listed(menu, entry)
