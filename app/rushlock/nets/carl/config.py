"""The sizes of a CARL: the published ones, and reduced ones of the same make."""

from dataclasses import asdict, dataclass

from rushlock.base.errors import UsageError
from rushlock.nets.frame_protocol import FrameLayout
from rushlock.nets.sizes import Sizes

_EXPANSION = 4


@dataclass(frozen=True, slots=True)
class CarlConfig(Sizes):
    """Everything that decides the shape and the arithmetic of the network. Values are checked when made.

    Attributes:
        layers: Of the transformer. VideoSync's own weights have 3; CARL's on Kinetics may have 2.
        stretch: Frames of a training stretch: onto so many positions every stretch is laid, whatever its
            length ("NUM_FRAMES"). No parameter's shape tells it.
        heads: Attention heads. No shape tells these either.
        channels: Of the stem; everything in the ResNet is a multiple of it.
        hidden: Width of the layers between ResNet and transformer.
        width: Of the transformer.
        dims: Of the embedding.
        picture: Side in pixels of the square that a frame is stretched to.
        frame_rate: Frames a second that it was mostly trained on.
    """

    layers: int = 3
    stretch: int = 80
    heads: int = 8
    channels: int = 64
    hidden: int = 512
    width: int = 256
    dims: int = 128
    picture: int = 224
    frame_rate: int = 30

    def __post_init__(self) -> None:
        if min(asdict(self).values()) < 1:
            raise UsageError("CARL of these sizes cannot be: all must be positive")
        if self.width % self.heads:
            raise UsageError("CARL of these sizes cannot be: heads must divide width")

    @property
    def seen(self) -> int:
        """Channels that the ResNet ends with."""
        return self.channels * 8 * _EXPANSION

    def layout(self) -> FrameLayout:
        """Return what the network wants to be fed."""
        return FrameLayout(
            frame_rate=self.frame_rate,
            picture=self.picture,
            width=self.width,
            dims=self.dims,
            stretch=self.stretch,
        )
