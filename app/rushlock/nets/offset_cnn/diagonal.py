"""A network that looks along the diagonals of matrices and cannot know where they end.

*Layers.* Each kind of evidence (shapes, flow, what rises) has a matrix of its own; which one sees something
is for the network to tell.

*No place leaks in.* Convolutions are not padded: every cell they give was made of real cells alone. What they
find is brought to mean 0 and variance 1 over the matrix, summed along each diagonal and divided by the square
root of its length. Of noise that sum has the same distribution on every diagonal, whatever its length; of
something real it grows with the length, as evidence should. The length itself is told to nobody.

*A lag is judged against its neighbours* by the same weights at every lag, beside what the whole curve looks
like (how high, how restless). A true lag stands out of its surroundings.

*None* has a logit of its own, made of the whole curve; a lag's is less the logarithm of how many compete.
All of them can therefore be trained as one softmax, over matrices of different sizes.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.families import check_shapes
from rushlock.nets.offset_cnn.config import DiagonalConfig, Temper

CONFIG = "config"
"""Under which name the sizes stand in a file's metadata."""

TEMPER = "temper"
"""Likewise what makes its chances honest."""

_STILL = 1e-6
_PLAIN = Temper()
Doubles = npt.NDArray[np.float64]


class DiagonalCnn(nn.Module):
    """See the module.

    Attributes:
        config: Its sizes.
    """

    def __init__(self, config: DiagonalConfig) -> None:
        super().__init__()
        self.config = config
        ends = pairwise((config.layers, *config.channels))
        self.look = nn.ModuleList(nn.Conv2d(inner, outer, 3) for inner, outer in ends)
        last = config.channels[-1] + config.layers  # the matrices themselves are pooled as well
        self.judge = nn.Sequential(
            nn.Conv1d(3 * last, config.hidden, 2 * config.beside + 1),
            nn.ReLU(),
            nn.Conv1d(config.hidden, config.hidden, 1),
            nn.ReLU(),
            nn.Conv1d(config.hidden, 1, 1),
        )
        self.none = nn.Sequential(nn.Linear(2 * last, config.hidden), nn.ReLU(), nn.Linear(config.hidden, 1))

    def forward(self, matrices: Tensor) -> tuple[Tensor, Tensor]:
        """Judge matrices of one size.

        Args:
            matrices: (b, layers, n, m), centred, of variance 1.

        Returns:
            (b, n + m - 1) logits of lags, row less column, -inf where not judged; (b,) logits of none.
        """
        height, width = matrices.shape[2:]
        lost, judged = self.config.lost, self._judged_lags(height, width)
        out = matrices.new_full((len(matrices), height + width - 1), float("-inf"))
        if not judged.any():
            return out, matrices.new_zeros(len(matrices))
        curves = self._curves(matrices)
        whole = _whole(curves, judged[2 * self.config.rim : -2 * self.config.rim])
        spread = whole[:, :, None].expand(-1, -1, curves.shape[2])
        found = self.judge(torch.cat([curves, spread], dim=1))[:, 0]
        prior = float(np.log(int(judged.sum())))
        out[:, lost:-lost] = (found - prior).masked_fill(~judged[lost:-lost], float("-inf"))
        return out, self.none(whole)[:, 0]

    def _judged_lags(self, height: int, width: int) -> Tensor:
        """Return which lags have enough common frames, and neighbours to be compared with."""
        number = torch.arange(height + width - 1)
        count = torch.minimum(torch.minimum(number, number.flip(0)) + 1, torch.tensor(min(height, width)))
        inside = (number >= self.config.lost) & (number < len(number) - self.config.lost)
        return (count >= max(self.config.least, 2 * self.config.rim + 1)) & inside

    def _curves(self, matrices: Tensor) -> Tensor:
        """Return (b, channels + layers, lags less twice the rim at each end): what each diagonal sums to."""
        maps = matrices
        for layer in self.look:
            maps = layer(maps).relu()
        rim = self.config.rim
        maps = torch.cat([maps, matrices[:, :, rim:-rim, rim:-rim]], dim=1)
        maps = maps - maps.mean(dim=(2, 3), keepdim=True)
        maps = maps / (maps.square().mean(dim=(2, 3), keepdim=True) + _STILL).sqrt()
        return _diagonals(maps)


def _diagonals(maps: Tensor) -> Tensor:
    """Return (b, c, h + w - 1): sums along the diagonals of (b, c, h, w) over the root of their lengths."""
    height, width = maps.shape[2:]
    row, column = torch.arange(height, device=maps.device), torch.arange(width, device=maps.device)
    place = (row[:, None] - column + width - 1).flatten()
    size = height + width - 1
    total = maps.new_zeros(*maps.shape[:2], size).index_add(2, place, maps.flatten(2))
    return total / torch.bincount(place, minlength=size).to(maps).sqrt()


def _whole(curves: Tensor, judged: Tensor) -> Tensor:
    """Return (b, 2 * channels): each curve's deviation and highest point over the lags that are judged."""
    kept = curves[:, :, judged]
    return torch.cat([kept.std(dim=2, correction=0), kept.amax(dim=2)], dim=1)


def open_diagonal_cnn(path: Path, device: str = "cpu") -> Callable[[Doubles], tuple[Doubles, float]]:
    """Load weights that Rushlock trained.

    Returns:
        What makes (logits of lags, logit of none) of centred matrices (layers, n, m).

    Raises:
        ModelError: The file cannot be read, or holds other weights.
    """
    checkpoint = read_checkpoint(path)
    try:
        config = DiagonalConfig.from_json(checkpoint.metadata.get(CONFIG, ""))
        temper = Temper.from_json(checkpoint.metadata.get(TEMPER, "{}"))
    except UsageError as error:
        raise ModelError(f"{path} holds no network that reads matrices: {error}") from error
    with torch.device("meta"):
        net = DiagonalCnn(config)
    shapes = {name: tuple(each.shape) for name, each in net.state_dict().items()}
    check_shapes(checkpoint.tensors, shapes, "the network that reads matrices")
    net.load_state_dict(checkpoint.tensors, strict=True, assign=True)
    return answering(net, device, temper)


def answering(
    net: DiagonalCnn, device: str = "cpu", temper: Temper = _PLAIN
) -> Callable[[Doubles], tuple[Doubles, float]]:
    """Return what makes (logits of lags, logit of none) of centred (layers, n, m), numpy to numpy."""
    net.eval().requires_grad_(False).to(device)

    def logits(cells: Doubles) -> tuple[Doubles, float]:
        with torch.inference_mode():
            matrix = torch.from_numpy(np.asarray(cells, np.float32))[None].to(device)
            found, none = net(matrix)
        lags: Doubles = found[0].double().cpu().numpy() / temper.scale
        return lags, float(none[0]) / temper.scale + temper.none

    return logits
