"""The sizes of the network that looks along diagonals, and how sure it may be."""

import json
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Self

from rushlock.base.errors import UsageError


@dataclass(frozen=True, slots=True)
class DiagonalConfig:
    """Everything that decides its shape.

    Attributes:
        layers: Matrices of the same moments that it looks at together.
        channels: Of each 3 x 3 convolution, from the first on.
        beside: Lags to either side that a lag is judged against.
        hidden: Width of the layer that judges.
        least: Common frames below which a lag is not judged.
    """

    layers: int = 1
    channels: tuple[int, ...] = (12, 16, 16)
    beside: int = 5
    hidden: int = 48
    least: int = 12

    def __post_init__(self) -> None:
        if (
            not self.channels
            or min(self.layers, *self.channels, self.hidden, self.least, self.beside + 1) < 1
        ):
            raise UsageError("a network of these sizes cannot be: all must be positive")

    @property
    def rim(self) -> int:
        """Rows, and columns, that the convolutions need at each side of a cell."""
        return len(self.channels)

    @property
    def lost(self) -> int:
        """Lags that are not judged at each end: the rim's corners, and those without neighbours."""
        return 2 * self.rim + self.beside

    def to_json(self) -> str:
        """Return all sizes as a JSON object."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the sizes that ``to_json`` wrote.

        Raises:
            UsageError: This is no such object.
        """
        try:
            given = json.loads(text)
            channels = tuple(int(each) for each in given.pop("channels"))
            return cls(channels=channels, **{name: int(value) for name, value in given.items()})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UsageError(f"the sizes of this network cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Temper:
    """What makes a network's chances honest.

    Attributes:
        scale: By what all logits are divided.
        none: What is added to that of "nothing in common" then.
    """

    scale: float = 1.0
    none: float = 0.0

    def __post_init__(self) -> None:
        if not (isfinite(self.none) and isfinite(self.scale) and self.scale > 0):
            raise UsageError("chances cannot be weighed by these numbers")

    def to_json(self) -> str:
        """Return both as a JSON object."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what ``to_json`` wrote.

        Raises:
            UsageError: This is no such object.
        """
        try:
            return cls(**{name: float(value) for name, value in json.loads(text).items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise UsageError(f"how sure this network may be cannot be read: {error}") from error
