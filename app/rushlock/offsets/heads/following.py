"""Window after window along a recording: how far its sound, or another's, lies from its picture.

Windows begin ``Pace.hop`` apart, rounded to the network's own grid. Picture and sound are always moved by the
same steps of it, so that whatever the rounding, all windows ask about one and the same offset.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.nets.protocol import SegmentLayout, WindowNet
from rushlock.offsets.heads.accumulating import accumulation
from rushlock.offsets.heads.answers import Doubles, chances_of
from rushlock.offsets.heads.recording import Recording

STAGE = "Following sound and picture"


@dataclass(frozen=True, slots=True)
class Pace:
    """How windows follow each other.

    Attributes:
        hop: Seconds from one window's start to the next.
        history: Windows that are judged together.
    """

    hop: float = 2.0
    history: int = 18

    @classmethod
    def of(cls, settings: Settings) -> "Pace":
        """Return what the settings ask for."""
        return cls(settings.window_hop, settings.window_history)


@dataclass(frozen=True, slots=True)
class Followed:
    """What n windows said.

    Attributes:
        times: (n,) clip times in seconds at which their pictures begin.
        offsets: (classes,) the sound's start minus the picture's start on the picture's clock, seconds, for
            which each class stands; the stated bias is allowed for. Of one recording with itself, positive:
            its sound comes too early.
        alone: (n, classes) chances by each window.
        together: (n, classes) chances by each and those before it, as far as ``Pace.history`` reaches.
    """

    times: Doubles
    offsets: Doubles
    alone: Doubles
    together: Doubles


def follow(
    net: WindowNet,
    seen: Recording,
    heard: Recording,
    delay: float,
    pace: Pace,
    token: CancelToken,
    *,
    span: tuple[float, float] = (0.0, float("inf")),
) -> Stage[Followed]:
    """Return what a network says of windows along a recording.

    Args:
        net: The network.
        seen: The recording whose pictures are compared.
        heard: The one whose sound is; it may be the same.
        delay: The sound's start minus the picture's start on the picture's clock, as supposed, seconds.
        pace: How windows follow each other.
        token: Checked at every window.
        span: Between which clip times of the picture windows may begin, seconds.
    """
    layout = net.layout
    shift = round(delay / layout.hop)
    starts = _starts(layout, seen, heard, shift, pace.hop, span)
    judge = accumulation(net, pace.history)
    times, alone, together = [], [], []
    for done, start in enumerate(starts):
        token.check()
        yield Progress(STAGE, done, len(starts), unit="windows")
        shown = yield from seen.embed("pictures", start, layout.window)
        sounding = yield from heard.embed("sound", start - shift, layout.window)
        pictures, shows = shown.windows([start], layout.window)
        sound, sounds = sounding.windows([start - shift], layout.window)
        if shows.all() and sounds.all():
            times.append(start * layout.hop)
            alone.append(chances_of(net.offset_logits(pictures, sound)))
            together.append(judge.told(pictures, sound))
    none = np.zeros((0, len(layout.classes)))
    return Followed(
        np.array(times, np.float64),
        np.array(layout.classes, np.float64) + layout.bias + shift * layout.hop,
        np.concatenate([none, *alone]),
        np.concatenate([none, *together]),
    )


def _starts(
    layout: SegmentLayout,
    seen: Recording,
    heard: Recording,
    shift: int,
    hop: float,
    span: tuple[float, float],
) -> list[int]:
    """Return first segments of windows of picture whose sound exists, too."""
    first = max(0, shift, int(np.ceil(span[0] / layout.hop - 1e-6)))
    stop = min(seen.windows(layout), heard.windows(layout) + shift)
    if np.isfinite(span[1]):
        stop = min(stop, int(span[1] / layout.hop + 1e-6) + 1)
    count = int((stop - 1 - first) * layout.hop / hop + 1e-6) + 1 if stop > first else 0
    return [min(first + round(number * hop / layout.hop), stop - 1) for number in range(count)]
