"""The sheet on paper, or as a PDF: a page of keys to hang beside the screen."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from rushlock.gui.shortcuts.groups import Line
from rushlock.gui.words import tr

_STYLE = (
    "body { font-family: sans-serif; font-size: 9pt; color: #000; } h1 { font-size: 15pt; } "
    "h2 { font-size: 10.5pt; margin-top: 10px; } td { padding: 1px 18px 1px 0; }"
)
_MARGIN_MM = 15.0


def sheet_html(lines: Iterable[Line]) -> str:
    """Return the lines that have keys, as a page of HTML."""
    parts = [f"<html><head><style>{_STYLE}</style></head><body>"]
    parts.append(f"<h1>{escape(tr('shortcuts', 'Rushlock: keys'))}</h1>")
    for group, within in groupby((line for line in lines if line.keys), key=lambda line: line.group):
        rows = "".join(
            f"<tr><td>{escape(line.words)}</td><td>{escape(line.keys)}</td></tr>" for line in within
        )
        parts.append(f"<h2>{escape(group)}</h2><table>{rows}</table>")
    return "".join((*parts, "</body></html>"))


def print_sheet(lines: Iterable[Line], parent: QWidget) -> None:
    """Ask for a printer (or a PDF, where the system offers it) and print the sheet."""
    printer = paper()
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("shortcuts", "Print the keys"))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        print_on(printer, lines)


def paper() -> QPrinter:
    """Return a printer set to A4 with margins."""
    printer = QPrinter()
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    return printer


def print_on(printer: QPrinter, lines: Iterable[Line]) -> None:
    """Print the sheet."""
    document = QTextDocument()
    document.setHtml(sheet_html(lines))
    document.print_(printer)
