"""A stretch of a clip as arrays, at a network's rates and size."""

from fractions import Fraction

import numpy as np

from rushlock.base.progress import CancelToken
from rushlock.evaluation.filmed import Filmed
from rushlock.features.waveform import Waveform
from rushlock.media.clip import Clip
from rushlock.media.framing import Middle
from rushlock.media.pictures import pictures
from rushlock.nets.protocol import SegmentLayout

_MICROSECONDS = 10**6


def sound_of(clip: Clip, start: float, seconds: float, layout: SegmentLayout) -> Filmed:
    """Return what a clip sounds from a clip time on, without pictures; zero beyond the clip.

    Raises:
        MediaError: The clip cannot be read, or has no sound.
    """
    first, count = round(start * layout.sample_rate), round(seconds * layout.sample_rate)
    with Waveform(clip, layout.sample_rate) as waveform:
        sound = waveform.read(first, count)
    return Filmed(layout, np.zeros((0, layout.picture, layout.picture, 3), np.uint8), sound)


def film_of(
    clip: Clip, start: float, seconds: float, layout: SegmentLayout, token: CancelToken
) -> Filmed | None:
    """Return what a clip shows and sounds from a clip time on; None where pictures are missing.

    Sound that lies beyond the clip is zero.

    Raises:
        MediaError: The clip cannot be read, or lacks picture or sound.
    """
    begin = Fraction(round(start * _MICROSECONDS), _MICROSECONDS)
    count = round(seconds * layout.frame_rate)
    shown = np.zeros((count, layout.picture, layout.picture, 3), np.uint8)
    seen = 0
    framing = Middle(layout.shorter_side, layout.picture)
    for number, picture in pictures(clip, framing, begin, Fraction(layout.frame_rate), count, token):
        shown[number] = picture
        seen += 1
    if seen < count:
        return None
    return Filmed(layout, shown, sound_of(clip, float(begin), seconds, layout).sound)


def common_seconds(clip: Clip) -> tuple[float, float]:
    """Return from when to when a clip has both pictures and sound, in clip time; (0, 0) without both."""
    from rushlock.features.feeding import recorded_span

    if clip.picture is None or not clip.has_sound:
        return 0.0, 0.0
    seen, heard = recorded_span(clip, "pictures"), recorded_span(clip, "sound")
    return float(max(seen[0], heard[0])), float(min(seen[1], heard[1]))
