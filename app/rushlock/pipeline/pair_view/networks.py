"""A pair as a network sees or hears it: its embeddings at every zoom, the lag curve, its vote.

Networks are dear. One looks at what can be looked at while a person waits: a stretch of each clip around
where the two are held together. What a run embedded before is taken from the cache.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.heard import HeardTrack
from rushlock.features.segments import embed
from rushlock.jobs.devices import chosen_device
from rushlock.media.clip import Clip
from rushlock.media.framing import Whole
from rushlock.media.pictures import pictures
from rushlock.nets.carl.windows import roaming
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.opening import installed, open_frame_net, open_net
from rushlock.nets.protocol import Floats, WindowNet
from rushlock.nets.registry import Entry, Kind
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.judge import logistic
from rushlock.offsets.pooling import pooled
from rushlock.pipeline.doubts import Check, Known
from rushlock.pipeline.looking import Looker
from rushlock.pipeline.net_choice import chosen_net
from rushlock.pipeline.pair_view.ballot import Curve
from rushlock.pipeline.pair_view.question import NetSide, Question
from rushlock.placements.graph import AGREE_S
from rushlock.placements.sync_map import SyncMap
from rushlock.similarity.lag_curve import lag_curve
from rushlock.similarity.matrix import Matrix
from rushlock.similarity.posterior import posterior
from rushlock.similarity.scales import Scales, plain_scales
from rushlock.similarity.vectors import Modality, Vectors, vectors_of

STRETCH_S = {"cuda": 600.0, "mps": 120.0, "cpu": 30.0}
"""Seconds of each clip that a network looks at, at most, by device."""

_EXPERIMENTAL = 2.0  # the small network that comes with Rushlock looks further in the same time
_MOST_CHECKED = 2
_BATCH = 16


def net_modalities() -> list[NetSide]:
    """Return what the installed networks can show."""
    found: list[NetSide] = []
    for entry in installed():
        sides = ("video",) if entry.kind is Kind.FRAMES else ("audio", "video", "both")
        if entry.kind is not Kind.SYNCHRONIZABILITY:
            found += [NetSide(entry.name, side) for side in sides]
    return found


def embedded(question: Question, cache: Cache, token: CancelToken) -> Stage[tuple[Scales, Scales, Curve]]:
    """Return both clips as a network has them, and their lag curve.

    Raises:
        MediaError: One of them cannot be read, or lacks what the modality needs.
        ModelError: The weights cannot be used.
        ModelMissingError: They are gone.
    """
    asked = question.modality
    if not isinstance(asked, NetSide):
        raise TypeError(asked)
    entry = next((e for e in installed() if e.name == asked.net), None)
    spans = _spans(question, entry)
    device = chosen_device(question.settings)
    yield Progress("Loading network", 0, 0, asked.net, "")
    held = []
    if entry is not None and entry.kind is Kind.FRAMES:
        frame_net = open_frame_net(asked.net, device)
        for clip, span in zip((question.master, question.node), spans, strict=True):
            held.append((yield from _frames(clip, frame_net, span, cache, token)))
    else:
        net = open_net(asked.net, device)
        for clip, span in zip((question.master, question.node), spans, strict=True):
            held.append((yield from _segments(clip, net, asked.side, span, cache, token)))
    master, node = (vectors.centred() for vectors in held)
    curve = lag_curve(Matrix(master, node))
    score = posterior(curve).score
    return plain_scales(master), plain_scales(node), Curve(curve.offsets, np.asarray(score, np.float64))


def asked_network(
    question: Question,
    estimates: Sequence[Estimate],
    tracks: dict[str, HeardTrack],
    cache: Cache,
    token: CancelToken,
) -> Stage[tuple[list[Estimate], list[tuple[float, float]]]]:
    """Ask a network that gives offsets about the likeliest places of a pair.

    Returns:
        The estimates with its votes pooled in, and (offset, chance) of what it says by itself, at even odds.
    """
    asked = question.modality
    choice = None
    if isinstance(asked, NetSide) and _entry_kind(asked.net) is Kind.OFFSETS:
        choice = chosen_net(replace(question.settings, embeddings=asked.net))
    some = _likeliest(estimates)
    if choice is None or not some:
        return list(estimates), []
    clips = (question.master, question.node)
    known = Known(clips, tracks, {}, some, SyncMap(()), {})
    looker = Looker(choice, known, cache, token)
    scores = yield from looker.check(Check(*clips, tuple(some)))
    told = [(e, s) for e, s in zip(some, scores or (), strict=False) if s is not None]
    if not told:
        return list(estimates), []
    weighed = pooled([e for e, _ in told], [s for _, s in told], choice.reliability)
    rest = [e for e in estimates if all(e is not other for other, _ in told)]
    own = [(e.offset, min(logistic(choice.reliability.ratio(s)), choice.reliability.most)) for e, s in told]
    return [*weighed, *rest], own


def _likeliest(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return the likeliest estimates of different places."""
    found: list[Estimate] = []
    for estimate in sorted(estimates, key=lambda e: -e.probability):
        if all(abs(estimate.offset - other.offset) > 2 * AGREE_S for other in found):
            found.append(estimate)
    return found[:_MOST_CHECKED]


def _entry_kind(name: str) -> Kind | None:
    return next((entry.kind for entry in installed() if entry.name == name), None)


def _spans(question: Question, entry: Entry | None) -> list[tuple[float, float]]:
    """Return which stretch of each clip is looked at: around the middle of what they share, if they do."""
    most = STRETCH_S[chosen_device(question.settings)]
    if entry is not None and entry.experimental:
        most *= _EXPERIMENTAL
    master, node = float(question.master.duration), float(question.node.duration)
    begin, end = max(-question.lag, 0.0), min(node, master - question.lag)
    middle = (begin + end) / 2 if end > begin else node / 2
    return [_span(master, middle + question.lag, most), _span(node, middle, most)]


def _span(seconds: float, middle: float, most: float) -> tuple[float, float]:
    begin = max(min(middle - most / 2, seconds - most), 0.0)
    return begin, min(begin + most, seconds)


def _segments(
    clip: Clip, net: WindowNet, side: str, span: tuple[float, float], cache: Cache, token: CancelToken
) -> Stage[Vectors]:
    seen = heard = None
    if side in ("video", "both"):
        seen = yield from embed(clip, net, "pictures", *span, cache, token)
    if side in ("audio", "both"):
        heard = yield from embed(clip, net, "sound", *span, cache, token)
    modality: Modality = "both" if side == "both" else "video" if side == "video" else "audio"
    return vectors_of(modality, seen, heard)


def _frames(
    clip: Clip, net: FrameNet, span: tuple[float, float], cache: Cache, token: CancelToken
) -> Stage[Vectors]:
    """Return the frames of a stretch, embedded with each other's help; kept as what each shows by itself."""
    rate = net.layout.frame_rate
    first, count = int(span[0] * rate), int((span[1] - span[0]) * rate)
    key = digest("frames", clip.key, net.digest, first, count)
    held = cache.arrays(key)
    if held is None:
        looks = np.zeros((count, net.layout.width), np.float32)
        shown = pictures(
            clip,
            Whole(net.layout.picture, net.layout.picture),
            Fraction(first, rate),
            Fraction(rate),
            count,
            token,
        )
        done = 0
        while batch := list(islice(shown, _BATCH)):
            token.check()
            yield Progress("Looking at frames", done / rate, count / rate, clip.name, "s")
            looks[[number for number, _ in batch]] = net.look(np.stack([picture for _, picture in batch]))
            done += len(batch)
        held = {"looks": looks.astype(np.float16)}
        cache.store_arrays(key, held)
    looks = np.asarray(held["looks"], np.float32)
    found = roaming(net, looks, token)
    present = np.any(looks[found.first : found.first + len(found.values)], axis=1)
    return Vectors((first + found.first) / rate, 1 / rate, 1 / rate, _whole(found.values), present)


def _whole(values: Floats) -> Floats:
    return np.ascontiguousarray(values, np.float32)
