"""The stage that compares clips by sound: candidate lags of all pairs, then the chosen ones at sample level.

Results are kept by the content of the clips compared: a killed run goes on where it was, and a run over the
same clips needs neither torch nor a decoder.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.heard import VERSION as HEARD_VERSION
from rushlock.features.heard import HeardTrack
from rushlock.jobs.devices import chosen_device
from rushlock.jobs.pool import Pool
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.judge import judged, shipped_calibration
from rushlock.offsets.pair import Heard, PairJob, refine_pair
from rushlock.offsets.pairing import Pair, chosen_pairs, worth_refining
from rushlock.offsets.records import candidate_of, candidate_record, estimate_of, estimate_record

VERSION = "sound-15"
"""Part of the cache key: change it with anything that changes candidates or estimates."""

COARSE, FINE = "Comparing sound", "Measuring offsets"


def compare_all(
    clips: Sequence[Clip],
    tracks: Mapping[str, HeardTrack],
    settings: Settings,
    cache: Cache,
    pool: Callable[[], Pool],
    token: CancelToken,
) -> Stage[list[Estimate]]:
    """Return judged estimates of all pairs whose sound may overlap, one for each place where it fits.

    The longer clip of a pair is its master.
    """
    heard = sorted((c for c in clips if c.key in tracks), key=lambda c: (-c.duration, c.key))
    peaks = yield from _coarse(heard, tracks, settings, cache, token)
    pairs = chosen_pairs(peaks, len(heard))
    estimates: list[Estimate] = []
    jobs: list[PairJob] = []
    for pair in sorted(pairs):
        job = _job(pair, heard, tracks, worth_refining(peaks[pair]), settings, cache)
        held = cache.text(job.key)
        if held is None:
            jobs.append(job)
        else:
            estimates.extend(estimate_of(r) for r in json.loads(held))
    yield Progress(FINE, len(pairs) - len(jobs), len(pairs), unit="pairs")
    done = len(pairs) - len(jobs)
    if jobs:
        for outcome in pool().run(refine_and_keep, jobs, token):
            done += 1
            estimates.extend(outcome.value or ())
            yield Progress(FINE, done, len(pairs), jobs[outcome.index].node.clip.name, "pairs")
    durations = {c.key: float(c.duration) for c in heard}
    estimates = judged(estimates, durations, shipped_calibration())
    return sorted(estimates, key=lambda e: (-e.probability, e.master, e.node, e.offset))


def refine_and_keep(job: PairJob) -> tuple[Estimate, ...]:
    """Refine a pair and store the result; runs in a worker process."""
    estimates = refine_pair(job)
    job.cache.store_text(job.key, json.dumps([estimate_record(e) for e in estimates]))
    return estimates


def _job(
    pair: Pair,
    heard: Sequence[Clip],
    tracks: Mapping[str, HeardTrack],
    candidates: Sequence[Candidate],
    settings: Settings,
    cache: Cache,
) -> PairJob:
    master, node = heard[pair[0]], heard[pair[1]]
    said = json.dumps([candidate_record(c) for c in candidates])
    key = digest(VERSION, HEARD_VERSION, master.key, node.key, said, settings.max_drift_ppm)
    return PairJob(
        path=str(node.path),
        master=Heard(master, tracks[master.key].mix),
        node=Heard(node, tracks[node.key].mix),
        candidates=tuple(candidates),
        max_ppm=settings.max_drift_ppm,
        cache=cache,
        key=key,
    )


def _coarse(
    heard: Sequence[Clip],
    tracks: Mapping[str, HeardTrack],
    settings: Settings,
    cache: Cache,
    token: CancelToken,
) -> Stage[dict[Pair, list[Candidate]]]:
    """Return the peaks of the lag curves of all pairs of clips of different cameras."""
    key = digest("coarse", VERSION, HEARD_VERSION, *(f"{c.key}/{c.camera}" for c in heard))
    held = cache.text(key)
    if held is not None:
        return {(a, b): [candidate_of(r) for r in rows] for a, b, rows in json.loads(held)}
    pairs = [
        (a, b)
        for a in range(len(heard))
        for b in range(a + 1, len(heard))
        if heard[a].camera != heard[b].camera
    ]
    if not pairs:
        return {}
    yield Progress(COARSE, 0, len(pairs), unit="pairs")
    from rushlock.offsets.correlation import Correlator

    correlator = Correlator([tracks[c.key].onsets for c in heard], chosen_device(settings))
    peaks: dict[Pair, list[Candidate]] = {}
    for done, (a, b) in enumerate(pairs, 1):
        token.check()
        peaks[a, b] = correlator.curve(a, b).peaks()
        if done % 16 == 0 or done == len(pairs):
            yield Progress(COARSE, done, len(pairs), heard[a].name, "pairs")
    cache.store_text(
        key, json.dumps([[a, b, [candidate_record(c) for c in p]] for (a, b), p in peaks.items()])
    )
    return peaks
