"""Tables for a terminal or a pipe."""

from collections.abc import Sequence
from dataclasses import dataclass

from rushlock.cli.text import padded, printable, shortened, width

_GAP = "  "
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether its cells stand at the right, whether they may be cut in the middle."""

    heading: str
    right: bool = False
    shrinks: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], cells: int | None = None) -> str:
    """Return rows under headings, every cell escaped.

    Args:
        columns: What each cell of a row means.
        rows: Texts, as many in each as there are columns.
        cells: Width to keep within as far as the shrinking columns allow; None: as wide as it comes.
    """
    lines = [[c.heading for c in columns], *([printable(text) for text in row] for row in rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(columns))]
    if cells is not None:
        widths = _fitted(columns, widths, cells)
    return "\n".join(_line(columns, widths, line) for line in lines)


def _fitted(columns: Sequence[Column], widths: list[int], cells: int) -> list[int]:
    """Take what is too much from the widest shrinking column, one cell at a time."""
    widths = list(widths)
    surplus = sum(widths) + len(_GAP) * (len(widths) - 1) - cells
    while surplus > 0:
        candidates = [i for i, c in enumerate(columns) if c.shrinks and widths[i] > _NARROWEST]
        if not candidates:
            break
        widths[max(candidates, key=widths.__getitem__)] -= 1
        surplus -= 1
    return widths


def _line(columns: Sequence[Column], widths: Sequence[int], line: Sequence[str]) -> str:
    cells = zip(columns, widths, line, strict=True)
    return _GAP.join(padded(shortened(text, w), w, right=c.right) for c, w, text in cells).rstrip()
