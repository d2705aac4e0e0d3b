"""How the window looks: Fusion with a palette of our own and a small style sheet.

The colours stand in ``looks``; the style sheet, ``resources/theme.qss``, refers to them as ``@name``.
Painters ask for a colour each time they paint, or anew at a ``StyleChange``; so the look can change while
all is shown (``appearance``). No status is told by colour alone (see ``icons``).
"""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from rushlock.base.paths import shipped
from rushlock.gui.looks import DARK, Look
from rushlock.gui.standing import Standing

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "warning",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Highlight: "accent-deep",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "panel",
    QPalette.ColorRole.Shadow: "panel",
}


class _Worn:
    """The look that is worn: one for the whole application, as Qt's own palette is."""

    look = DARK


def worn() -> Look:
    """Return the look that the application wears."""
    return _Worn.look


def colour(name: str) -> QColor:
    """Return one of the named colours."""
    return QColor(_Worn.look.colours[name])


def screen_colour(name: str) -> QColor:
    """Return a colour for what stands about pictures, where the ground is dark in both looks."""
    return QColor(DARK.colours[name])


def standing_colour(standing: Standing) -> QColor:
    """Return the colour of a clip's standing."""
    return QColor(_Worn.look.standings[standing])


def dress(app: QApplication, look: Look = DARK) -> None:
    """Give the whole application Rushlock's look."""
    _Worn.look = look
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet())


def digits_font(base: QFont) -> QFont:
    """Return a fixed-width font for timecode at a font's size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(base.pointSizeF())
    return font


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colour(name))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("faint"))
    return palette


def _style_sheet() -> str:
    colours = _Worn.look.colours
    text = (shipped("resources") / "theme.qss").read_text(encoding="utf-8")
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name}", colours[name])
    return text.replace("@icons", (shipped("resources") / "icons").as_posix())
