"""What a network is asked on footage in sync: where windows of picture begin, how much later the sound.

Signs are those of ``nets.protocol``, which are the papers': the sound is taken ``offset`` seconds later in
the clip than the picture; positive, it runs ahead.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.evaluation.av.film import common_seconds
from rushlock.media.clip import Clip
from rushlock.nets.protocol import SegmentLayout

_STEP_S = 0.04


@dataclass(frozen=True, slots=True)
class Trial:
    """One question.

    Attributes:
        clip: The recording.
        start: Clip time at which the first window of picture begins, seconds.
        offset: By how much the sound's window begins later, seconds.
        kind: Of what it is, as the list says; empty where it says nothing.
    """

    clip: Clip
    start: float
    offset: float
    kind: str = ""


def drawn_trials(
    clips: Sequence[Clip], layout: SegmentLayout, each: int, hop: float, windows: int
) -> list[Trial]:
    """Return trials on clips: offsets on the classes, as evenly as their number allows.

    What is drawn for a clip depends on its content alone.

    Args:
        clips: In sync.
        layout: Of the network.
        each: Trials of a clip.
        hop: Seconds between windows that follow each other.
        windows: How many should follow; fewer where the clip is shorter.
    """
    reach = max(map(abs, layout.classes))
    asked: list[Trial] = []
    for clip in clips:
        begin, end = common_seconds(clip)
        room = end - begin - layout.window_seconds - 2 * reach - 2 * _STEP_S
        if room < 0:
            continue
        seed = int.from_bytes(hashlib.blake2b(clip.key.encode(), digest_size=8).digest())
        random = np.random.default_rng((seed, each))
        first = int(random.integers(len(layout.classes)))
        span = max(room - hop * (windows - 1), 0.0)
        for number in range(each):
            at = begin + reach + _STEP_S + float(random.uniform(0, span))
            place = (first + number * _STRIDE) % len(layout.classes)
            asked.append(Trial(clip, round(at / _STEP_S) * _STEP_S, layout.classes[place]))
    return asked


_STRIDE = 8
"""From one trial's class to the next one's: meets all 21 before one comes again."""
