"""How the window looks: greys that do not tint the eye beside pictures, few colours, each with a meaning.

Fusion with a palette of our own and a small style sheet from ``resources/theme.qss``. The colours are named
once, here; the style sheet refers to them as ``@name``. Status colours follow Okabe and Ito's colour-blind
safe set, darkened for large areas; no status is told by colour alone (see ``icons``).
"""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from rushlock.base.paths import shipped
from rushlock.gui.standing import Standing

COLOURS = {
    "window": "#242528",
    "panel": "#1e1f21",
    "raised": "#2e2f33",
    "hover": "#393b40",
    "line": "#3a3c41",
    "text": "#dcdde0",
    "muted": "#9b9ea6",
    "faint": "#696c74",
    "accent": "#4c8fce",
    "accent-deep": "#2f5f8f",
    "warning": "#e0a94a",
    "banner": "#3a3222",
}

STANDING_COLOURS = {
    Standing.SYNCED: "#3f9f86",
    Standing.REVIEW: "#d39a35",
    Standing.UNSYNCED: "#c5694a",
    Standing.ACCEPTED: "#56b4b4",
    Standing.MANUAL: "#5b9fd4",
    Standing.LOCKED: "#b07cb4",
    Standing.EXCLUDED: "#7b7e86",
    Standing.WAITING: "#8d9099",
}

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


def colour(name: str) -> QColor:
    """Return one of the named colours."""
    return QColor(COLOURS[name])


def standing_colour(standing: Standing) -> QColor:
    """Return the colour of a clip's standing."""
    return QColor(STANDING_COLOURS[standing])


def dress(app: QApplication) -> None:
    """Give the whole application Rushlock's look."""
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
    text = (shipped("resources") / "theme.qss").read_text(encoding="utf-8")
    for name in sorted(COLOURS, key=len, reverse=True):
        text = text.replace(f"@{name}", COLOURS[name])
    return text.replace("@icons", (shipped("resources") / "icons").as_posix())
