"""How FCPXML writes times and rates."""

from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode

_CONFORMABLE = {
    FrameRate.parse(text).fps: text
    for text in ("23.98", "24", "25", "29.97", "30", "47.95", "48", "50", "59.94", "60")
}


def time(seconds: Fraction) -> str:
    """Return "1001/30000s", or "5s" for whole seconds."""
    if seconds.denominator == 1:
        return f"{seconds.numerator}s"
    return f"{seconds.numerator}/{seconds.denominator}s"


def tc_format(timecode: Timecode) -> str:
    """Return "DF" or "NDF"; drop-frame labels on a whole rate are nothing that Final Cut knows."""
    return "DF" if timecode.drop and timecode.rate.allows_drop else "NDF"


def source_frame_rate(rate: FrameRate) -> str | None:
    """Return what ``conform-rate`` calls a rate, None where it has no word for it."""
    return _CONFORMABLE.get(rate.fps)
