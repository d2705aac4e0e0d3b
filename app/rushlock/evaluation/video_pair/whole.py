"""Everything that ``rushlock bench video A B`` finds out of two clips."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rushlock.base.errors import MediaError, ModelMissingError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.store import Cache
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.matrix_training.descriptors import DESCRIPTORS
from rushlock.evaluation.video_pair.answers import Answer, answers
from rushlock.evaluation.video_pair.crops import HeadError, planted, planted_lags
from rushlock.evaluation.video_pair.evidence import Evidence, Frames, Motion, looked_at
from rushlock.features.gathering import TrackJob
from rushlock.features.motion import RATE, MotionTrack
from rushlock.features.watching import kept_track, watch_one
from rushlock.media.clip import Clip
from rushlock.offsets.heads.matrix.head import LayerHead, PublishedHead
from rushlock.pipeline.probing import cached_probe

_log = logging.getLogger(__name__)

FAMILY = "carl"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found out.

    Attributes:
        master, node: Files, or folders with one clip each.
        offset: Node's start minus master's, seconds; None where unknown.
        seconds: Of each clip at most.
        cuts: Lags to plant; needs the offset.
        device: For CARL, where it is installed.
    """

    master: Path
    node: Path
    offset: float | None = None
    seconds: float = 60.0
    cuts: int = 0
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class VideoPair:
    """What was found.

    Attributes:
        evidence: What matrices were made of; the first is motion.
        answers: To the clips as they are.
        errors: Over cuts with planted lags, empty where none were asked for.
        rate: Frames a second that errors count.
        offset: As it was given.
    """

    evidence: tuple[Evidence, ...]
    answers: tuple[Answer, ...]
    errors: tuple[HeadError, ...]
    rate: float
    offset: float | None

    def frames_off(self, answer: Answer) -> float | None:
        """Return how far an answer is from the truth; None where either is not known."""
        if self.offset is None or answer.offset is None:
            return None
        return abs(answer.offset - self.offset) * self.rate

    def as_dict(self) -> dict[str, Any]:
        """Return all figures for JSON."""
        return {
            "rate": self.rate,
            "offset": self.offset,
            "answers": [{**asdict(a), "frames_off": self.frames_off(a)} for a in self.answers],
            "planted": [asdict(error) for error in self.errors],
        }


def compare_video(
    question: Question,
    cache: Cache,
    token: CancelToken,
    trained: Sequence[LayerHead] = (),
    published: Sequence[PublishedHead] = (),
) -> Stage[VideoPair]:
    """Ask every head.

    Raises:
        MediaError: A clip cannot be read or has no pictures.
        UsageError: A folder holds none or several clips.
    """
    master = yield from _filmed(question.master, cache, token)
    node = yield from _filmed(question.node, cache, token)
    evidence = yield from _evidence(master, node, question, cache, token)
    found: list[Answer] = []
    errors: list[HeadError] = []
    rate = float(master.rate.fps) if master.rate is not None else float(RATE)
    for each in evidence:
        yield Progress("Asking heads", len(found), 0, each.name, "answers")
        rows, columns = (slice(0, length) for length in each.lengths)
        found += answers(each, rows, columns, token, trained, published)
        if question.cuts and question.offset is not None:
            lags = planted_lags(question.cuts)
            errors += yield from planted(each, question.offset, lags, rate, token, trained, published)
    return VideoPair(tuple(evidence), tuple(found), tuple(errors), rate, question.offset)


def _filmed(path: Path, cache: Cache, token: CancelToken) -> Stage[Clip]:
    clip = yield from one_clip(path, cached_probe(cache), token)
    if clip.picture is None:
        raise MediaError(path, "has no pictures")
    return clip


def _evidence(
    master: Clip, node: Clip, question: Question, cache: Cache, token: CancelToken
) -> Stage[list[Evidence]]:
    tracks: list[MotionTrack] = []
    for clip in (master, node):
        yield Progress("Watching", len(tracks), 2, clip.name)
        token.check()
        tracks.append(_part(_watched(clip, cache), question.seconds))
    one, other = tracks
    found: list[Evidence] = [
        Motion("motion", one, other, DESCRIPTORS["both"], whole=True),
        Motion("brief motion", one, other, DESCRIPTORS["brief"]),
    ]
    frames = yield from _embedded(master, node, question, token)
    return found + ([frames] if frames is not None else [])


def _watched(clip: Clip, cache: Cache) -> MotionTrack:
    held = kept_track(cache, clip)
    return held if held is not None else watch_one(TrackJob(str(clip.path), clip, cache))


def _part(track: MotionTrack, seconds: float) -> MotionTrack:
    return track.part(0, min(len(track), round(seconds * RATE)))


def _embedded(master: Clip, node: Clip, question: Question, token: CancelToken) -> Stage[Frames | None]:
    """Return what CARL sees; None where its weights are not installed."""
    from rushlock.nets.opening import open_frame_net

    try:
        net = open_frame_net(FAMILY, question.device)
    except ModelMissingError as missing:
        _log.info("%s", missing)
        return None
    one = yield from looked_at(master, net, question.seconds, token)
    other = yield from looked_at(node, net, question.seconds, token)
    return Frames(net.name, net, one, other, 1 / net.layout.frame_rate)
