"""Clips as heads see them: segments embedded by a network as they are asked for, each only once."""

import numpy as np

from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.store import Cache
from rushlock.features.segments import embed
from rushlock.media.clip import Clip
from rushlock.nets.protocol import WindowNet
from rushlock.offsets.heads.recording import Recording, Segments, Side

_EDGE_S = 1e-6


def recording_of(
    clip: Clip, net: WindowNet, cache: Cache, token: CancelToken, *, pictures: bool, sound: bool
) -> Recording:
    """Return a clip as heads see it, with the sides that are to be used."""
    layout = net.layout

    def segments(side: Side, first: int, count: int) -> Stage[Segments]:
        start = first * layout.hop
        end = start + (count - 1) * layout.hop + layout.segment
        track = yield from embed(clip, net, side, start - _EDGE_S, end + _EDGE_S, cache, token)
        tokens = np.zeros((count, *track.tokens.shape[1:]), np.float32)
        present = np.zeros(count, np.bool_)
        at = round(track.start / layout.hop) - first
        tokens[at : at + len(track)] = track.tokens
        present[at : at + len(track)] = track.present
        return Segments(first, tokens, present)

    return Recording(
        seconds=float(clip.duration),
        pictures=pictures and clip.picture is not None,
        sound=sound,
        embed=segments,
    )
