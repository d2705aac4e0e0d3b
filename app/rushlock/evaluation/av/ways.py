"""How windows of one unchanging offset are answered: each alone, by their mean, as a network has learnt."""

from rushlock.nets.protocol import Floats, StreamNet, WindowNet
from rushlock.offsets.heads.accumulating import Learned, averaged
from rushlock.offsets.heads.answers import Doubles, chances_of

SINGLE, MEAN, STREAMING = "single", "mean", "streaming"


def said(net: WindowNet, pictures: Floats, sound: Floats) -> dict[str, Doubles]:
    """Return chances (windows, classes) by way: of each window alone, of it and all before it.

    Args:
        net: The network; one without a memory has two ways.
        pictures: (windows, window, tokens, dims), oldest first.
        sound: The same.
    """
    alone = chances_of(net.offset_logits(pictures, sound))
    ways = {SINGLE: alone, MEAN: averaged(alone, len(alone))}
    if isinstance(net, StreamNet):
        ways[STREAMING] = Learned(net, len(pictures)).told(pictures, sound)
    return ways
