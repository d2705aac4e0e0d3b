"""First phase: the extractors learn to say when in a segment something happens, and which sound is whose."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, normalize

from rushlock.evaluation.window_training.feeding import Feeder
from rushlock.evaluation.window_training.loop import Trained
from rushlock.evaluation.window_training.material import PARTS, RUN, SegmentBatch, segments
from rushlock.evaluation.window_training.recipe import Recipe
from rushlock.nets.protocol import Floats
from rushlock.nets.synchformer.network import Synchformer

ANSWERS = 2
_TEMPERATURE = 0.1
_RARITY = 3.0
_NEARLY = 0.35
_FAINT, _USUAL = 0.3, (-1.3, -2.7)
_LEAST_POOL = 100


class Reading(nn.Module):
    """The phase: its loss, and the layer that it needs and that is thrown away afterwards.

    Attributes:
        reader: Token to what happens in each part of its time, the same for picture and sound.
    """

    name = "reading"

    def __init__(self, network: Synchformer, recipe: Recipe, device: str) -> None:
        super().__init__()
        config = network.config
        self.reader = nn.Linear(config.dims, PARTS * ANSWERS)
        with (
            torch.no_grad()
        ):  # at first what is so on average: else all else is unlearnt while that is learnt
            self.reader.weight *= _FAINT
            self.reader.bias.copy_(torch.tensor(_USUAL * PARTS))
        self._pool: list[SegmentBatch] = []
        self._drawn = 0
        self._plan, self._recipe, self._config = recipe.reading, recipe, config
        self._layout = config.layout()
        self._feeder = Feeder(network, device)

    def trained(self) -> list[Trained]:
        """Return what this phase changes: the extractors with care, the reader quickly."""
        network = self._feeder.network
        extractors = [*network.vfeat_extractor.parameters(), *network.afeat_extractor.parameters()]
        return [Trained(extractors), Trained([*self.reader.parameters()], pace=4.0)]

    def draw(self, step: int) -> Iterator[None]:
        """Draw the scenes due by a step; at first, and after a stop, as many as the pool holds then."""
        wanted = max(int((step + 1) * self._plan.scenes), min(_LEAST_POOL, self._recipe.pool))
        first = self._recipe.seed * 10_000_000
        for number in range(max(self._drawn, wanted - self._recipe.pool), wanted):
            self._pool.append(self.scene(first + number))
            yield
        self._drawn = wanted
        del self._pool[: -self._recipe.pool]

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of some moments out of the pool, and figures for the curves."""
        random = np.random.default_rng((self._recipe.seed, 5, step))
        scenes = random.integers(len(self._pool), size=self._recipe.moments)
        return self.judged([self._pool[n].at(int(random.integers(RUN))) for n in scenes])

    def scene(self, number: int) -> SegmentBatch:
        """Return the segments of a scene."""
        return segments(number, self._layout, self._config.steps, self._config.beats)

    def judged(self, batch: list[SegmentBatch]) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of some segments, and figures for the curves."""
        pictures = np.concatenate([b.pictures[view] for view in (0, 1) for b in batch])
        with self._feeder.quick():
            seen = self._feeder.picture_tokens(pictures)
            heard = self._feeder.sound_tokens(np.concatenate([b.sound for b in batch]))
            sights, sounds = self.reader(seen), self.reader(heard)
        happened_seen = self._target(np.concatenate([b.seen for b in batch] * 2))
        happened_heard = self._target(np.concatenate([b.heard for b in batch]))
        of_pictures = _reading_loss(sights.float(), happened_seen)
        of_sound = _reading_loss(sounds.float(), happened_heard)
        contrast = _contrast(seen.float(), heard.float())
        figures = {
            "pictures": of_pictures.item(),
            "sound": of_sound.item(),
            "contrast": contrast.item(),
            "impacts_seen": _told_apart(sights, happened_seen),
            "impacts_heard": _told_apart(sounds, happened_heard),
        }
        return of_pictures + of_sound + self._recipe.contrast * contrast, figures

    def _target(self, happened: Floats) -> Tensor:
        """Return the targets, impacts blurred to the neighbouring parts: cameras see every 40 ms only."""
        target = torch.from_numpy(happened).to(self.reader.weight.device)
        impacts = target[..., 0]
        beside = torch.zeros_like(impacts)
        beside[:, 1:] += impacts[:, :-1]
        beside[:, :-1] += impacts[:, 1:]
        blurred = torch.maximum(impacts, _NEARLY * beside.clamp(max=1))
        return torch.stack([blurred, target[..., 1]], dim=-1)


def _answers(read: Tensor) -> Tensor:
    """Return (n, parts, answers) for (n, tokens, parts of a token x answers)."""
    return read.reshape(len(read), -1, ANSWERS)


def _reading_loss(read: Tensor, happened: Tensor) -> Tensor:
    weight = torch.tensor([_RARITY, 1.0], device=read.device)
    return binary_cross_entropy_with_logits(_answers(read), happened, pos_weight=weight)


def _contrast(seen: Tensor, heard: Tensor) -> Tensor:
    """Return the symmetric contrast of each view with the sound, over all segments at hand."""
    sounds = normalize(heard.mean(1), dim=-1)
    each = []
    for view in seen.mean(1).chunk(2):
        alike = normalize(view, dim=-1) @ sounds.T / _TEMPERATURE
        right = torch.arange(len(alike), device=alike.device)
        each.append((cross_entropy(alike, right) + cross_entropy(alike.T, right)) / 2)
    return torch.stack(each).mean()


def _told_apart(read: Tensor, happened: Tensor) -> float:
    """Return the mean answer where something hit less that where nothing did."""
    answer = _answers(read.detach().float()).sigmoid()[..., 0]
    hit, nothing = happened[..., 0] == 1, happened[..., 0] == 0
    return float(answer[hit].mean() - answer[nothing].mean()) if bool(hit.any()) else 0.0
