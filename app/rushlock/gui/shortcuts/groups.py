"""What the sheet lists: commands under their menus, then what mouse and keys do in single views."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction

from rushlock.gui.menu_walk import Listed, keys_text, plain
from rushlock.gui.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be done.

    Attributes:
        group: Under what it stands.
        words: What it does.
        action: The command; None where only a view knows of it.
        fixed: Its keys in words, where there is no command.
    """

    group: str
    words: str
    action: QAction | None = None
    fixed: str = ""

    @property
    def keys(self) -> str:
        """The keys as they are now."""
        return self.fixed if self.action is None else keys_text(self.action)


def lines(listed: Iterable[Listed]) -> list[Line]:
    """Return every line: first the menus' commands, with and without keys, then those of views."""
    commands = [
        Line(" · ".join(each.menu), plain(each.action.text()), each.action)
        for each in listed
        if len(each.menu) == 1
    ]
    return commands + _of_views()


def _of_views() -> list[Line]:
    timeline, field = tr("shortcuts", "In the timeline"), tr("shortcuts", "In lists and fields")
    return [
        Line(timeline, words, fixed=keys)
        for words, keys in (
            (tr("shortcuts", "Clip before / after in the lane"), tr("shortcuts", "Left / Right")),
            (tr("shortcuts", "Nearest clip in the lane above / below"), tr("shortcuts", "Up / Down")),
            (tr("shortcuts", "First / last clip of the lane"), tr("shortcuts", "Home / End")),
            (tr("shortcuts", "Zoom about the cursor"), tr("shortcuts", "Ctrl+wheel")),
            (tr("shortcuts", "Pan"), tr("shortcuts", "Shift+wheel or middle button")),
            (tr("shortcuts", "Choose several clips"), tr("shortcuts", "Drag a frame, Ctrl+click")),
            (tr("shortcuts", "Nudge a clip"), tr("shortcuts", "Ctrl+drag (Shift: without snapping)")),
            (
                tr("shortcuts", "Move the playhead"),
                tr("shortcuts", "Drag in the ruler (Shift: without snapping)"),
            ),
        )
    ] + [
        Line(field, tr("shortcuts", "Next / previous part of the window"), fixed="Tab / Shift+Tab"),
        Line(field, tr("shortcuts", "Menu of the chosen clips"), fixed=tr("shortcuts", "Menu key")),
    ]
