"""What the sound of a pair says: the lag curve, the places that the samples confirm, their chances.

The same steps as in a run, for two clips alone. Where the run knew the pair, its chances stand: they rest on
the whole shoot.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rushlock.base.progress import CancelToken
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.excerpt import Excerpt, Excerpts
from rushlock.features.heard import HOP_S, HeardTrack
from rushlock.features.heard import VERSION as HEARD_VERSION
from rushlock.jobs.devices import chosen_device
from rushlock.media.clip import Clip
from rushlock.offsets.compare import VERSION as SOUND_VERSION
from rushlock.offsets.correlation import LagCurve
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.fine import refine
from rushlock.offsets.judge import judged, shipped_calibration
from rushlock.offsets.pair import measured
from rushlock.offsets.pairing import worth_refining
from rushlock.offsets.records import candidate_record, estimate_of, estimate_record
from rushlock.pipeline.pair_view.ballot import Curve
from rushlock.pipeline.pair_view.question import Loop, Question

CLEAR = 8.0
"""Heights from here on are of one event: strangers hardly reach them (``offsets.judge.CLEAR_Z``)."""

_MOST_THIRDS = 8


def heard_curves(
    question: Question, tracks: dict[str, HeardTrack], token: CancelToken
) -> tuple[LagCurve, tuple[Loop, ...]]:
    """Return the lag curve of a pair, and where third clips that are heard with the node put it."""
    thirds = [t for t in question.thirds if t.clip.key in tracks][:_MOST_THIRDS]
    from rushlock.offsets.correlation import Correlator

    keys = [question.master.key, question.node.key, *(t.clip.key for t in thirds)]
    correlator = Correlator([tracks[key].onsets for key in keys], chosen_device(question.settings))
    found = correlator.curve(0, 1)
    loops = []
    for number, third in enumerate(thirds, start=2):
        token.check()
        peaks = correlator.curve(number, 1).peaks(keep=1)
        if peaks:
            loops.append(Loop(third.clip.key, third.lag + peaks[0].offset, float("nan"), peaks[0].score))
    return found, tuple(loops)


def shown_curve(curve: LagCurve) -> Curve:
    """Return a lag curve for looking at; where nothing sounds together it says nothing."""
    offsets = (curve.first + np.arange(curve.z.size)) * HOP_S
    heights = np.where(curve.z == 0, np.nan, curve.z.astype(np.float64))
    return Curve(np.asarray(offsets, np.float64), heights)


def heard_estimates(
    question: Question, tracks: dict[str, HeardTrack], curve: LagCurve, cache: Cache, token: CancelToken
) -> list[Estimate]:
    """Return the places that the samples of a pair confirm, judged; from the cache where they are known."""
    candidates = worth_refining(curve.peaks())
    said = json.dumps([candidate_record(c) for c in candidates])
    master, node, limit = question.master, question.node, question.settings.max_drift_ppm
    key = digest("pair view", SOUND_VERSION, HEARD_VERSION, master.key, node.key, said, limit)
    held = cache.text(key)
    if held is None:
        estimates = _refined(question, tracks, candidates, token)
        cache.store_text(key, json.dumps([estimate_record(e) for e in estimates]))
    else:
        estimates = [estimate_of(record) for record in json.loads(held)]
    clips = (master, node, *(third.clip for third in question.thirds))
    durations = {clip.key: float(clip.duration) for clip in clips}
    return as_told(judged(estimates, durations, shipped_calibration()), question, "sound")


def as_told(estimates: Sequence[Estimate], question: Question, method: str) -> list[Estimate]:
    """Return estimates with the chances that the last run gave the same places."""
    out = []
    for estimate in estimates:
        same = [
            t.chance
            for t in question.told
            if t.method.startswith(method) and abs(t.offset - estimate.offset) <= 2 * HOP_S
        ]
        out.append(replace(estimate, probability=same[0]) if same else estimate)
    return out


def _refined(
    question: Question, tracks: dict[str, HeardTrack], candidates: Sequence[Candidate], token: CancelToken
) -> list[Estimate]:
    excerpts = Excerpts()

    def read(clip: Clip, start: float, seconds: float) -> Excerpt:
        return excerpts.read(clip, tracks[clip.key].mix, start, seconds)

    try:
        found = refine(
            lambda start, seconds: read(question.master, start, seconds),
            lambda start, seconds: read(question.node, start, seconds),
            (float(question.master.duration), float(question.node.duration)),
            candidates,
            question.settings.max_drift_ppm,
            token.check,
        )
    finally:
        excerpts.close()
    return [] if found is None else list(measured(question.master.key, question.node.key, found))
