"""Window networks on generated scenes that no network was trained on; see ``measure``."""

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.av.measure import STAGE, Answers, Asked
from rushlock.evaluation.av.ways import SINGLE, said
from rushlock.evaluation.events.scene import kinds
from rushlock.evaluation.stream_training.scores import HOP, WINDOWS, sequences
from rushlock.evaluation.stream_training.sequences import Pattern, stretch_seconds
from rushlock.evaluation.stream_training.sources import FIRST_HELD_OUT, Generated
from rushlock.evaluation.window_training.material import kind_of
from rushlock.nets.protocol import WindowNet

_FIRST = 100_000
"""Scene of this number and later: not those that trainings are scored on."""


def ask_generated(net: WindowNet, scenes: int, token: CancelToken) -> Stage[Asked]:
    """Return what a network says of some scenes, of each a few offsets, by the kind of what happens there."""
    pattern, source = Pattern.of(net.layout, HOP, WINDOWS), Generated(0)
    answers: list[Answers] = []
    for number in range(_FIRST, _FIRST + scenes):
        token.check()
        yield Progress(STAGE, number - _FIRST, scenes, unit="scenes")
        stretch = source.held_out(number, stretch_seconds(pattern), net.layout)
        kind = kinds()[kind_of(FIRST_HELD_OUT + number)]
        for pictures, sound, place in sequences(net, pattern, stretch, number):
            ways = said(net, pictures, sound)
            last = {way: chances[0 if way == SINGLE else -1] for way, chances in ways.items()}
            answers.append(Answers(net.layout.classes[place], kind, len(pictures), last))
    return Asked(tuple(answers), ())
