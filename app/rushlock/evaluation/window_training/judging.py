"""Second phase: the judge learns offsets, and what does not belong together.

The extractors are held still. Every picture of a scene can be judged with every sound of it, so that the dear
part, embedding, is paid once. Scenes stay in a pool for some steps; at every step some are replaced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, one_hot

from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.window_training.feeding import Feeder
from rushlock.evaluation.window_training.first_lags import look_across
from rushlock.evaluation.window_training.loop import Trained
from rushlock.evaluation.window_training.material import KNOWN, UNKNOWN, windows
from rushlock.evaluation.window_training.reading import Reading
from rushlock.evaluation.window_training.recipe import Recipe
from rushlock.nets.synchformer.network import Synchformer

_FIRST_SCENE = 5_000_000
_LEAST_POOL = 16


@dataclass(frozen=True)
class Embedded:
    """A scene's windows as tokens: (windows, window, tokens, dims) each."""

    pictures: Tensor
    sound: Tensor
    strangers: Tensor
    picture_starts: Doubles
    sound_starts: Doubles


@dataclass(frozen=True)
class Pair:
    """A window of picture, one of sound, their offset; None where they do not belong together."""

    pictures: Tensor
    sound: Tensor
    offset: float | None


class Judging:
    """The phase: its loss, and the pool of scenes."""

    name = "judging"

    def __init__(
        self, network: Synchformer, recipe: Recipe, device: str, reading: Reading, fresh: bool
    ) -> None:
        """Get ready.

        Args:
            network: Its extractors have learnt to read.
            recipe: How to train.
            device: Where.
            reading: The phase before, whose reader gives the judge its first weights.
            fresh: Whether the judge has to be given them.
        """
        self._network, self._recipe = network, recipe
        self._feeder, self._layout = Feeder(network, device), network.config.layout()
        self._classes = torch.tensor(network.config.offsets, device=device)
        self._pool: list[Embedded] = []
        self._drawn = 0
        self._least = min(_LEAST_POOL, recipe.pool)
        if fresh:
            known = [self.embedded(_FIRST_SCENE - 1 - n) for n in range(self._least)]
            seen = torch.cat([e.pictures.flatten(0, 2) for e in known])
            look_across(network, reading.reader, seen, torch.cat([e.sound.flatten(0, 2) for e in known]))

    def trained(self) -> list[Trained]:
        """Return what this phase changes."""
        network = self._network
        parts = (network.vproj, network.aproj, network.transformer)
        return [Trained([weight for part in parts for weight in part.parameters()])]

    def draw(self, step: int) -> Iterator[None]:
        """Draw the scenes due by a step; at first, and after a stop, as many as the pool holds then."""
        wanted = max(int((step + 1) * self._recipe.judging.scenes), self._least)
        first = self._recipe.seed * 10_000_000 + _FIRST_SCENE
        for number in range(max(self._drawn, wanted - self._recipe.pool), wanted):
            self._pool.append(self.embedded(first + number))
            yield
        self._drawn = wanted
        del self._pool[: -self._recipe.pool]

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a step's pairs, and figures for the curves."""
        random = np.random.default_rng((self._recipe.seed, 6, step))
        pairs = [self._pair(random) for _ in range(self._recipe.pairs)]
        with self._feeder.quick():
            verdict = self._network.judge(
                torch.stack([p.pictures for p in pairs]), torch.stack([p.sound for p in pairs])
            )
        return self._judged(pairs, verdict.offsets, verdict.belonging)

    def embedded(self, number: int) -> Embedded:
        """Return the windows of a scene as tokens."""
        batch = windows(number, self._layout)
        with torch.no_grad(), self._feeder.quick():
            pictures = self._feeder.picture_tokens(batch.pictures.reshape(-1, *batch.pictures.shape[2:]))
            both = np.concatenate([batch.sound, batch.strangers])
            sound = self._feeder.sound_tokens(both.reshape(-1, both.shape[-1]))
        each = sound.float().view(*both.shape[:2], *sound.shape[1:])
        return Embedded(
            pictures.float().view(*batch.pictures.shape[:2], *pictures.shape[1:]),
            each[: len(batch.sound)],
            each[len(batch.sound) :],
            batch.picture_starts,
            batch.sound_starts,
        )

    def _pair(self, random: np.random.Generator) -> Pair:
        scene = self._pool[random.integers(len(self._pool))]
        picture = int(random.integers(len(scene.pictures)))
        offsets = scene.sound_starts - scene.picture_starts[picture]
        if random.random() < self._recipe.strangers:
            return Pair(scene.pictures[picture], self._stranger(scene, offsets, random), None)
        near = np.flatnonzero(np.abs(offsets) <= KNOWN)
        if not len(near):
            return self._pair(random)
        sound = int(random.choice(near))
        return Pair(scene.pictures[picture], scene.sound[sound], float(offsets[sound]))

    def _stranger(self, scene: Embedded, offsets: Doubles, random: np.random.Generator) -> Tensor:
        """Return a sound that does not belong: too far away, told otherwise, or of another scene."""
        far = np.flatnonzero(np.abs(offsets) > UNKNOWN)
        choice = random.random()
        if choice < 0.25 and len(far):
            return scene.sound[int(random.choice(far))]
        sounds = scene.strangers if choice < 0.7 else self._pool[random.integers(len(self._pool))].strangers
        return sounds[int(random.integers(len(sounds)))]

    def _judged(
        self, pairs: Sequence[Pair], offsets: Tensor | None, belonging: Tensor | None
    ) -> tuple[Tensor, dict[str, float]]:
        device = self._classes.device
        belongs = torch.tensor([p.offset is not None for p in pairs], device=device)
        total = torch.zeros((), device=device)
        figures: dict[str, float] = {}
        if offsets is not None:
            true = torch.tensor([p.offset for p in pairs if p.offset is not None], device=device)
            logits = offsets.float()[belongs]
            loss = cross_entropy(logits, self._target(true), label_smoothing=self._recipe.smoothing)
            away = (logits.argmax(1) - self._nearest(true)).abs()
            total = total + loss
            figures |= {
                "offsets": loss.item(),
                "acc": (away == 0).float().mean().item(),
                "acc_1": (away <= 1).float().mean().item(),
            }
        if belonging is not None:
            loss = cross_entropy(belonging.float(), belongs.long())
            right = (belonging[:, 1] > belonging[:, 0]) == belongs
            total = total + _BELONGING * loss
            figures |= {"belonging": loss.item(), "belonging_acc": right.float().mean().item()}
        return total, figures

    def _nearest(self, true: Tensor) -> Tensor:
        return (self._classes - true[:, None]).abs().argmin(1)

    def _target(self, true: Tensor) -> Tensor:
        """Return an offset's share in the two classes beside it."""
        step = self._classes[1] - self._classes[0]
        place = ((true - self._classes[0]) / step).clamp(0, len(self._classes) - 1)
        low = place.floor().long().clamp(max=len(self._classes) - 2)
        share = (place - low)[:, None]
        count = len(self._classes)
        return (1 - share) * one_hot(low, count) + share * one_hot(low + 1, count)


_BELONGING = 0.5
