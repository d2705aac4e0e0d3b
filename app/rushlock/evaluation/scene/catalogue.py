"""Sources by name: what a plan's ``kind`` stands for."""

from collections.abc import Callable, Mapping

from rushlock.evaluation.plan import SourcePlan
from rushlock.evaluation.scene.blocks import BlockSource, Gated, Source, seed_for
from rushlock.evaluation.scene.impacts import TIMBRES, Applause, Impacts
from rushlock.evaluation.scene.music import Loop, Setlist, song
from rushlock.evaluation.scene.noises import Crowd, Hum, Noise, Traffic
from rushlock.evaluation.scene.voices import Conversation, Talker

TALKERS = 3
"""Talkers of a conversation: plans with one seed and ``number`` 0, 1, 2 take turns."""


def _talker(plan: SourcePlan) -> Source:
    conversation = Conversation(plan.seed, TALKERS, BlockSource.block / 48000)
    return Talker(seed_for(plan.seed, plan.number), conversation, plan.number)


def _impacts(kind: str) -> Callable[[SourcePlan], Source]:
    return lambda plan: Impacts(plan.seed, kind)


KINDS: Mapping[str, Callable[[SourcePlan], Source]] = {
    "talk": _talker,
    "song": lambda plan: Loop(song(plan.seed, 48.0)),
    "setlist": lambda plan: Setlist(tuple((at, song(seed, length)) for at, seed, length in plan.songs)),
    "applause": lambda plan: Applause(plan.seed),
    "crowd": lambda plan: Crowd(plan.seed),
    "traffic": lambda plan: Traffic(plan.seed),
    "air": lambda plan: Noise(plan.seed, slope=2.0, low=30.0, high=3000.0),
    "water": lambda plan: Noise(plan.seed, slope=0.7, low=200.0),
    "hum": lambda plan: Hum(plan.seed),
    **{kind: _impacts(kind) for kind in TIMBRES},
}


def source(plan: SourcePlan) -> Source:
    """Return the source that a plan describes."""
    made = KINDS[plan.kind](plan)
    return Gated(made, plan.spans) if plan.spans else made
