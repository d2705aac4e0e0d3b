"""First weights of the judge: it begins by correlating what was read.

A transformer that begins with random weights has to find out first that tokens of picture and of sound can
be compared at equal lags; tried on planted tokens, it had not after 25,000 windows. So the judge begins with
what is known of the task. Positions are waves over the tokens' true times. Each head of the first blocks
turns these waves by one of the classes' offsets: so a token of sound looks at what the picture shows that
much later, and fetches what was read there. The feed-forward layer compares that with what the token carries
itself, and the deciding token collects, for each class, how alike the two are.

All else is random, and nothing of this is fixed: how much an impact weighs, what a lack of impacts tells, and
whatever was read badly is learnt.
"""

import math
from dataclasses import dataclass
from itertools import product

import torch
from torch import Tensor, nn

from rushlock.base.errors import UsageError
from rushlock.evaluation.window_training.material import PARTS
from rushlock.nets.blocks import Attention, Block
from rushlock.nets.synchformer.config import MEL_HOP, SynchformerConfig
from rushlock.nets.synchformer.judging import Judge
from rushlock.nets.synchformer.network import Synchformer

_PERIODS = (6.0, 2.0, 0.8)
_WAVES = 2 * len(_PERIODS)
_FLAG = _WAVES
_CARRIED = 8
_HEIGHT = 1.5
_SHARPNESS = 4.0
_ASIDE = 1.5
_FAINT = 0.1
_ALIKE = 0.7
_MIXED = 0.3


@dataclass(frozen=True)
class _Room:
    """Which of a token's dims hold what: waves and flag, what was read, what was fetched, how alike it was.

    What was fetched for a lag takes two: impacts, open mouths.
    """

    lags: int
    answers: int

    @property
    def fetched(self) -> int:
        """First of those fetched."""
        return _CARRIED + self.answers

    @property
    def alike(self) -> int:
        """First of the lags' likenesses."""
        return self.fetched + 2 * self.lags

    @property
    def end(self) -> int:
        """First of those left to learning."""
        return self.alike + self.lags


@torch.no_grad()
def look_across(network: Synchformer, reader: nn.Linear, seen: Tensor, heard: Tensor) -> None:
    """Give the judge its first weights.

    Args:
        network: Its extractors have learnt to read.
        reader: What they were read by: its answers come first among what tokens carry.
        seen: Some tokens of picture, (n, dims), by which the answers are scaled alike.
        heard: Some tokens of sound.

    Raises:
        UsageError: The network is too small to begin that way.
    """
    config, judge = network.config, network.transformer
    room = _Room(len(config.offsets), len(reader.weight))
    chunks = [
        range(n, min(n + config.judge_heads, room.lags)) for n in range(0, room.lags, config.judge_heads)
    ]
    if (
        room.end > config.dims
        or config.dims // config.judge_heads < room.answers
        or len(chunks) >= len(judge.blocks)
    ):
        raise UsageError(
            "a judge of these sizes has no room for its first weights: more dims, or fewer heads"
        )
    with judge.OFF_tok.device:  # whatever is made below is made there
        _begin(network, reader, (seen, heard), chunks, room)


def _begin(
    network: Synchformer, reader: nn.Linear, tokens: tuple[Tensor, Tensor], chunks: list[range], room: _Room
) -> None:
    config, judge = network.config, network.transformer
    _place(judge, config)
    for projection, some in zip((network.vproj, network.aproj), tokens, strict=True):
        _carry(projection, reader, some, room)
    blocks = [block for block in judge.blocks if isinstance(block, Block)]
    for block, chunk in zip(blocks, chunks, strict=False):
        _fetch(block.attn, chunk, config, room)
        _compare(block.mlp, chunk, room)
    _collect(blocks[-1].attn, config)
    if judge.off_head is not None:
        nn.init.zeros_(judge.off_head.bias)
        judge.off_head.weight *= _FAINT
        for lag in range(room.lags):
            judge.off_head.weight[lag, room.alike + lag] = 1.0


def token_times(config: SynchformerConfig) -> tuple[Tensor, Tensor]:
    """Return the middles in a window of all tokens of picture, and of sound, in seconds."""
    starts = torch.arange(config.window) * (config.hop_frames / config.frame_rate)
    steps = (torch.arange(config.steps) + 0.5) * (config.tube / config.frame_rate)
    column = MEL_HOP / config.sample_rate
    beats = (torch.arange(config.beats) * config.sound_stride + config.sound_patch / 2) * column
    return (starts[:, None] + steps).flatten(), (starts[:, None] + beats).flatten()


def _waves(times: Tensor) -> Tensor:
    turns = 2 * math.pi * times[:, None] / torch.tensor(_PERIODS)
    return torch.stack([turns.cos(), turns.sin()], dim=-1).flatten(1)


def _place(judge: Judge, config: SynchformerConfig) -> None:
    pictures, sound = token_times(config)
    places = judge.pos_emb_cfg.pos_emb[0]
    first = 2 + len(pictures)
    for times, begin, flag in ((pictures, 1, 1.0), (sound, first, -1.0)):
        rows = places[begin : begin + len(times)]
        rows[:, :_WAVES] = _HEIGHT * _waves(times)
        rows[:, _FLAG] = _HEIGHT * flag


def _carry(projection: nn.Linear, reader: nn.Linear, tokens: Tensor, room: _Room) -> None:
    """Let tokens carry the reader's answers and a mix of all else, and leave room for what comes."""
    answers = reader(tokens)
    scale, mean = 1.0 / answers.std(0), answers.mean(0)
    nn.init.orthogonal_(projection.weight, gain=_MIXED)
    nn.init.zeros_(projection.bias)
    projection.weight[: room.end] = 0
    projection.weight[_CARRIED : room.fetched] = scale[:, None] * reader.weight
    projection.bias[_CARRIED : room.fetched] = scale * (reader.bias - mean)


def _fetch(attention: Attention, lags: range, config: SynchformerConfig, room: _Room) -> None:
    """Let each head look one lag later, at the other modality, and fetch what was read there."""
    width = config.dims // config.judge_heads
    gain = math.sqrt(_SHARPNESS * math.sqrt(width)) / _HEIGHT
    for layer in (attention.query, attention.key, attention.value, attention.proj):
        layer.weight *= _FAINT
        nn.init.zeros_(layer.bias)
    for head, lag in enumerate(lags):
        row = head * width
        for number, period in enumerate(_PERIODS):
            angle, pair = (
                2 * math.pi * config.offsets[lag] / period,
                slice(row + 2 * number, row + 2 * number + 2),
            )
            waves = slice(2 * number, 2 * number + 2)
            turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
            attention.query.weight[pair, waves] = gain * turn
            attention.key.weight[pair, waves] = gain * torch.eye(2)
        attention.query.weight[row + _FLAG, _FLAG] = -_ASIDE * gain
        attention.key.weight[row + _FLAG, _FLAG] = gain
        read = slice(row, row + room.answers)
        attention.value.weight[read, _CARRIED : room.fetched] += torch.eye(room.answers)
        for answer in (0, 1):
            where = room.fetched + 2 * lag + answer
            attention.proj.weight[where, row + answer : row + room.answers : 2] = 1.0 / PARTS


def _compare(layers: nn.Sequential, lags: range, room: _Room) -> None:
    """Let the feed-forward layer find the smaller of what is carried and what was fetched, with its sign.

    ``|x + y| - |x - y|`` is twice that, and ``gelu(u) + gelu(-u)`` is nearly ``|u|``.
    """
    first, second = layers[0], layers[2]
    if not (isinstance(first, nn.Linear) and isinstance(second, nn.Linear)):
        return
    for layer in (first, second):
        layer.weight *= _FAINT
        nn.init.zeros_(layer.bias)
    terms = product(lags, (0, 1), (1.0, -1.0), (1.0, -1.0))
    for unit, (lag, answer, other, direction) in zip(range(len(first.weight)), terms, strict=False):
        first.weight[unit, _CARRIED + answer : room.fetched : 2] = direction / PARTS
        first.weight[unit, room.fetched + 2 * lag + answer] = direction * other
        second.weight[room.alike + lag, unit] = other * _ALIKE


def _collect(attention: Attention, config: SynchformerConfig) -> None:
    """Let the deciding token take the mean of all tokens of sound."""
    width = config.dims // config.judge_heads
    for layer in (attention.query, attention.key):
        layer.weight *= _FAINT
        nn.init.zeros_(layer.bias)
    for layer in (attention.value, attention.proj):
        layer.weight *= _FAINT
        layer.weight += torch.eye(config.dims)
    attention.query.bias[::width] = -4.0
    attention.key.weight[::width, _FLAG] = 1.0
