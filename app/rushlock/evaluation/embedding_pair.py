"""Two clips embedded by one network on one common grid, as far as each can be seen and heard."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.store import Cache
from rushlock.features.feeding import Side
from rushlock.features.segments import SegmentTrack, embed
from rushlock.media.catalogue import catalogue
from rushlock.media.clip import Clip, MediaFile
from rushlock.nets.protocol import WindowNet
from rushlock.similarity.vectors import MODALITIES, Modality, Vectors, vectors_of


@dataclass(frozen=True, slots=True)
class Embedded:
    """One clip's segments; None where it has no picture or no sound."""

    pictures: SegmentTrack | None
    sound: SegmentTrack | None

    def vectors(self, modality: Modality) -> Vectors:
        """Return its segments in one modality."""
        return vectors_of(modality, self.pictures, self.sound)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What there is anything of: a stream of digital silence is nothing."""
        held = {"audio": _holds(self.sound), "video": _holds(self.pictures)}
        return tuple(m for m in MODALITIES if held.get(m, all(held.values())))


@dataclass(frozen=True, slots=True)
class EmbeddedPair:
    """Master and node.

    Attributes:
        master, node: Their segments. Where the offset is right, segments of one and the other cover the same
            time to the sample.
        offset: Node's start minus master's start, seconds, as it was given.
    """

    master: Embedded
    node: Embedded
    offset: float

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What both have."""
        return tuple(m for m in self.master.modalities if m in self.node.modalities)

    def together(self, modality: Modality) -> tuple[Vectors, Vectors]:
        """Return both clips' vectors of the time that they share: equal index, equal time."""
        master, node = self.master.vectors(modality), self.node.vectors(modality)
        later = round((node.start + self.offset - master.start) / master.hop)
        first, other = max(later, 0), max(-later, 0)
        count = max(min(len(master) - first, len(node) - other), 0)
        return master.part(first, count), node.part(other, count)


def embed_pair(
    master: Clip,
    node: Clip,
    net: WindowNet,
    cache: Cache,
    token: CancelToken,
    *,
    offset: float = 0.0,
    seconds: float = np.inf,
) -> Stage[EmbeddedPair]:
    """Embed both clips, each as far as it has pictures and sound.

    Args:
        master: The one.
        node: The other.
        net: By which network.
        cache: Where embedded segments are kept.
        token: Checked all along.
        offset: Node's start minus master's start; its segments are laid so that they cover the master's time.
        seconds: Embed no more than so much of each, from where both have begun if the offset is right.

    Raises:
        MediaError: One of them has neither, or cannot be read.
    """
    begin = max(offset, 0.0)
    first = yield from _embedded(master, net, cache, token, begin, seconds, through=0.0)
    second = yield from _embedded(node, net, cache, token, begin - offset, seconds, through=-offset)
    return EmbeddedPair(first, second, offset)


def one_clip(path: Path, probe_one: Callable[[Path], MediaFile], token: CancelToken) -> Stage[Clip]:
    """Return the clip that a file, or a folder with the chapters of one clip, holds.

    Raises:
        MediaError: It cannot be read.
        UsageError: It holds none or several.
    """
    found = yield from catalogue([path], (), probe_one, token)
    if len(found.clips) == 1:
        return found.clips[0]
    if found.unreadable and not found.clips:
        raise MediaError(found.unreadable[0].path, found.unreadable[0].reason)
    raise UsageError(f"{path} holds {len(found.clips)} clips; name a file, or a folder with one clip")


def _holds(track: SegmentTrack | None) -> bool:
    return track is not None and bool(track.present.any())


def _embedded(
    clip: Clip,
    net: WindowNet,
    cache: Cache,
    token: CancelToken,
    begin: float,
    seconds: float,
    *,
    through: float,
) -> Stage[Embedded]:
    end = min(begin + seconds, float(clip.duration) + 1.0)
    tracks: dict[Side, SegmentTrack | None] = {"pictures": None, "sound": None}
    sides: list[Side] = []
    if clip.picture is not None:
        sides.append("pictures")
    if clip.has_sound:
        sides.append("sound")
    if not sides:
        raise MediaError(clip.path, "it has neither picture nor sound")
    for side in sides:
        tracks[side] = yield from embed(clip, net, side, begin, end, cache, token, through=through)
    return Embedded(tracks["pictures"], tracks["sound"])
