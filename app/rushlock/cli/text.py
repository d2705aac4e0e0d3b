"""Text for a terminal: safe to print, as wide as it looks, and times as people write them.

File names come from cameras, recorders and strangers: they may hold newlines, terminal escapes, bytes that
are no text, and marks that turn the line's direction. All of these are shown as escapes.
"""

import unicodedata
from fractions import Fraction

_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
_TURNS_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = {"Mn", "Me", "Cf"}


def printable(text: str) -> str:
    r"""Return a text on one line with nothing in it that a terminal obeys: ``a\nb`` for a newline."""
    return "".join(_escaped(c) if _is_unsafe(c) else c for c in text)


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in _UNSAFE or char in _TURNS_DIRECTION


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Return how many terminal cells a printable text takes (East Asian wide letters and emoji take two)."""
    return sum(_cells(c) for c in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shortened(text: str, cells: int) -> str:
    """Return a text cut in the middle to at most some cells: cards and clip numbers stand at the ends."""
    if width(text) <= cells:
        return text
    if cells < 1:
        return ""
    head = _taken(text, cells // 2)
    tail = _taken(text[::-1], cells - 1 - width(head))[::-1]
    return f"{head}…{tail}"


def _taken(text: str, cells: int) -> str:
    used = 0
    for position, char in enumerate(text):
        used += _cells(char)
        if used > cells:
            return text[:position]
    return text


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Return a text filled up with spaces to some cells."""
    gap = " " * max(cells - width(text), 0)
    return gap + text if right else text + gap


def time_left(seconds: float) -> str:
    """Return a length of time as ``0:41`` or ``1:02:03``."""
    whole = max(round(seconds), 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def clock_words(seconds: float | Fraction, *, time_of_day: bool) -> str:
    """Return a start as ``10:23:41.120`` where it is a time of day, else signed (``+00:00:12.345``)."""
    milliseconds = round(seconds * 1000)
    whole, fraction = divmod(abs(milliseconds), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if milliseconds < 0 else "" if time_of_day else "+"
    return f"{sign}{hours:02}:{minutes:02}:{rest:02}.{fraction:03}"


def percent(chance: float) -> str:
    """Return a chance in per cent, rounded down: nothing but certainty reads 100 %."""
    return f"{int(chance * 1000) / 10:.1f} %"
