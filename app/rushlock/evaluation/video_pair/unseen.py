"""Heads scored on what nothing was trained on: generated pairs, sets of recordings, strangers of both.

Pairs are cut to equal length with a lag planted. Strangers are the same people who do the same at other
times, other people's scenes, and clips of other sets. A chance is honest where those called sure are right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import inf

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.calibration_figures import auroc
from rushlock.evaluation.frame_error import FrameError, frame_error
from rushlock.evaluation.matrix_training.descriptors import DESCRIPTORS
from rushlock.evaluation.matrix_training.recordings import WatchedSet
from rushlock.evaluation.seen_filming import filmed_track
from rushlock.evaluation.video_pair.answers import Answer, answers
from rushlock.evaluation.video_pair.crops import REACH, cut
from rushlock.evaluation.video_pair.evidence import Motion
from rushlock.features.motion import RATE, MotionTrack
from rushlock.offsets.heads.matrix.head import LayerHead

STAGE = "Scoring heads on unseen clips"
SURE = 0.9
RIGHT_S = 1.5 / RATE
"""A lag is right within a moment and a half: its own, and half of what cameras' frames lie apart."""

_FIRST = (1 << 31) + (6 << 24)
_ELSEWHERE = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """Two tracks that begin together, with a lag to plant; or strangers.

    Attributes:
        group: What they are scored with.
        master, node: The tracks.
        lag: Moments; None for strangers.
        rate: Frames a second of the files.
    """

    group: str
    master: MotionTrack
    node: MotionTrack
    lag: int | None
    rate: float


@dataclass(frozen=True, slots=True)
class UnseenScore:
    """What a head is worth on a group.

    Attributes:
        group: Of trials.
        evidence: What its matrices were made of.
        head: Its name.
        error: In the files' frames.
        right: Share of pairs that are right within a moment and a half.
        strangers: How many.
        auroc: Chance that a pair is believed more than a stranger; None for heads that give a bare number.
        sure: Answers, to pairs and strangers, called at least ``SURE``.
        sure_and_wrong: How many of those are not right.
    """

    group: str
    evidence: str
    head: str
    error: FrameError
    right: float
    strangers: int
    auroc: float | None
    sure: int
    sure_and_wrong: int


def generated_trials(pairs: int, seconds: float) -> Iterator[Trial]:
    """Yield pairs of generated scenes and as many strangers."""
    before: MotionTrack | None = None
    for number in range(_FIRST, _FIRST + pairs):
        random = np.random.default_rng((number, 30))
        one, other = (filmed_track(number, view, seconds=seconds) for view in (0, 1))
        elsewhere = filmed_track(number, 1, telling=1, seconds=seconds)
        group = f"generated, {seconds:g} s"
        yield Trial(group, one, other, int(random.integers(-REACH, REACH + 1)), RATE)
        stranger = before if before is not None and number % _ELSEWHERE == 0 else elsewhere
        yield Trial(group, one, stranger, None, RATE)
        before = other


def recorded_trials(sets: Mapping[str, WatchedSet], lags: int) -> Iterator[Trial]:
    """Yield every pair of cameras of every set with so many lags planted, and strangers of other sets."""
    for name, watched in sets.items():
        random = np.random.default_rng(len(watched.tracks))
        others = [track for other, theirs in sets.items() if other != name for track in theirs.tracks]
        reach = round(REACH * RATE / watched.rate)
        for one, other in combinations(watched.tracks, 2):
            for _ in range(lags):
                yield Trial(name, one, other, int(random.integers(-reach, reach + 1)), watched.rate)
                if others:
                    stranger = others[int(random.integers(len(others)))]
                    yield Trial(name, one, _as_long(stranger, len(one)), None, watched.rate)


def _as_long(track: MotionTrack, moments: int) -> MotionTrack:
    return track.part(0, min(len(track), moments))


def score_unseen(
    trials: Iterator[Trial],
    total: int,
    trained: Sequence[LayerHead],
    token: CancelToken,
    *,
    anywhere: bool = False,
) -> Stage[list[UnseenScore]]:
    """Return scores by group, evidence and head.

    Args:
        trials: What to ask.
        total: How many these are; 0 where that is not known.
        trained: Heads to ask of layers of motion.
        token: Checked at every trial.
        anywhere: Heads are not told that lags lie within ``REACH`` frames.
    """
    told: dict[tuple[str, str, str], _Told] = {}
    for done, trial in enumerate(trials):
        yield Progress(STAGE, done, total, trial.group, "pairs")
        token.check()
        for name in ("both", "brief"):
            motion = Motion(name, trial.master, trial.node, DESCRIPTORS[name], whole=name == "both")
            rows, columns = cut(motion, 0.0, trial.lag or 0)
            blank = motion.origin + (rows.start - columns.start) * motion.hop
            reach = inf if anywhere else REACH / trial.rate
            for answer in answers(motion, rows, columns, token, trained, reach=reach):
                key = trial.group, answer.evidence, answer.head
                told.setdefault(key, _Told()).note(trial, answer, blank)
    return [each.score(*key) for key, each in told.items() if each.errors]


@dataclass
class _Told:
    """A head's answers on a group so far."""

    errors: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    belongs: list[bool] = field(default_factory=list)
    chances: list[float | None] = field(default_factory=list)
    shared: list[float | None] = field(default_factory=list)

    def note(self, trial: Trial, answer: Answer, blank: float) -> None:
        """Take an answer; one that could not tell counts as "they begin together"."""
        belongs, said = trial.lag is not None, blank if answer.offset is None else answer.offset
        if belongs:
            self.errors.append(said * trial.rate)
        self.belongs.append(belongs)
        self.right.append(belongs and abs(said) <= RIGHT_S)
        self.chances.append(answer.chance)
        self.shared.append(None if answer.none is None else 1 - answer.none)

    def score(self, group: str, evidence: str, head: str) -> UnseenScore:
        """Return the figures."""
        belongs, right = np.array(self.belongs), np.array(self.right)
        shared = [each for each in self.shared if each is not None]
        there = belongs.any() and not belongs.all() and len(shared) == len(belongs)
        sure = np.array([each is not None and each >= SURE for each in self.chances])
        return UnseenScore(
            group=group,
            evidence=evidence,
            head=head,
            error=frame_error(self.errors),
            right=float(right[belongs].mean()),
            strangers=int((~belongs).sum()),
            auroc=auroc(np.array(shared), belongs) if there else None,
            sure=int(sure.sum()),
            sure_and_wrong=int((sure & ~right).sum()),
        )
