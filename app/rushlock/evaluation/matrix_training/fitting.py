"""One step of the training: matrices of one size, and how far the network is from their lags."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from rushlock.evaluation.matrix_training.material import Provider, Scene
from rushlock.evaluation.matrix_training.recipe import MatrixRecipe
from rushlock.evaluation.window_training.loop import Trained
from rushlock.nets.offset_cnn.diagonal import DiagonalCnn

_LEAST_POOL = 4


class Fitting:
    """See ``window_training.loop.Phase``."""

    name = "reading matrices"

    def __init__(
        self, network: DiagonalCnn, recipe: MatrixRecipe, providers: Sequence[Provider], device: str
    ) -> None:
        """Take a network that lies on the device."""
        self._network, self._recipe, self._providers, self._device = network, recipe, providers, device
        self._scenes: dict[int, Scene] = {}

    def trained(self) -> list[Trained]:
        """Return all of the network."""
        return [Trained(list(self._network.parameters()))]

    def draw(self, step: int) -> Iterator[None]:
        """Draw the scenes that come up to a step; a training that goes on draws the latest again."""
        newest = _LEAST_POOL + int(step * self._recipe.plan.scenes)
        wanted = range(max(newest - self._recipe.pool, 0), newest)
        self._scenes = {number: self._scenes[number] for number in wanted if number in self._scenes}
        for number in wanted:
            if number not in self._scenes:
                provider = self._providers[number % len(self._providers)]
                self._scenes[number] = provider.scene(number)
                yield

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Return the cross-entropy of a step over all lags and none."""
        random = np.random.default_rng((self._recipe.seed, step))
        size = int(random.choice(self._recipe.sizes_at(step)))
        scenes = [self._scenes[number] for number in sorted(self._scenes)]
        drawn = [self._recipe.draw.matrix(scenes, size, random) for _ in range(self._recipe.batch_of(size))]
        cells = np.stack([each.layers for each in drawn]).astype(np.float32)
        target = torch.tensor([0 if each.lag is None else each.lag + size for each in drawn])
        found, none = self._network(torch.from_numpy(cells).to(self._device))
        chances = torch.cat([none[:, None], found], dim=1).log_softmax(dim=1)
        loss = -(self._wished(target, chances) * chances.clamp_min(-50)).sum(dim=1).mean()
        best = chances.detach().argmax(dim=1).cpu()
        near = ((best - target).abs() <= 2) & ((best > 0) == (target > 0))
        return loss, {"loss": float(loss.detach()), "right": float(near.float().mean())}

    def _wished(self, target: Tensor, chances: Tensor) -> Tensor:
        """Return what the network should have said: a lag and a little of its neighbours, or none."""
        wished = nn.functional.one_hot(target, chances.shape[1]).float()
        beside = (wished.roll(1, dims=1) + wished.roll(-1, dims=1)) / 2
        blur = self._recipe.blur * (target > 0)[:, None]
        return ((1 - blur) * wished + blur * beside).to(chances)
