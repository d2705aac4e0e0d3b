"""What papers on silent cameras measure: lags planted into a pair, cut to equal length; error in frames.

A clip's beginning is cut off to make a lag. If its end stayed, the difference in length would tell it, and a
head that has only learned where matrices end would look clever. Heads are told how far lags reach, since the
papers' know it as well. "Always 0" shows what guessing is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.frame_error import FrameError, equal_stretches, frame_error
from rushlock.evaluation.video_pair.answers import answers
from rushlock.evaluation.video_pair.evidence import Evidence
from rushlock.offsets.heads.matrix.head import LayerHead, PublishedHead

STAGE = "Planting lags"
REACH = 30
"""Frames to either side within which lags are planted."""


@dataclass(frozen=True, slots=True)
class HeadError:
    """One head on all cuts of a pair.

    Attributes:
        evidence: What its matrices were made of.
        head: Its name.
        error: In frames; a head that could not tell counts as having said that both begin together.
    """

    evidence: str
    head: str
    error: FrameError


def planted_lags(count: int, seed: int = 1) -> list[int]:
    """Return lags in frames, ascending, one drawn from each of as many equal shares of the reach."""
    random = np.random.default_rng(seed)
    parts = (np.arange(count) + random.random(count)) / count
    return [int(each) for each in np.floor(parts * (2 * REACH + 1)).astype(int) - REACH]


def planted(
    evidence: Evidence,
    offset: float,
    lags: Sequence[int],
    rate: float,
    token: CancelToken,
    trained: Sequence[LayerHead] = (),
    published: Sequence[PublishedHead] = (),
) -> Stage[list[HeadError]]:
    """Return every head's error over cuts of a pair, in the table's order of heads.

    Args:
        evidence: Of the pair.
        offset: What is true: node's start minus master's start, seconds.
        lags: To plant, in frames.
        rate: Frames a second that lags and errors count.
        token: Checked all along.
        trained: Heads to ask of layers of motion.
        published: Likewise; these answer with a bare number.
    """
    errors: dict[str, list[float]] = {}
    for done, lag in enumerate(lags):
        yield Progress(STAGE, done, len(lags), evidence.name, "cuts")
        rows, columns = cut(evidence, offset, round(lag / rate / evidence.hop))
        found = answers(evidence, rows, columns, token, trained, published, REACH / rate)
        blank = evidence.origin + (rows.start - columns.start) * evidence.hop
        for answer in found:
            said = blank if answer.offset is None else answer.offset
            errors.setdefault(answer.head, []).append((said - offset) * rate)
    return [HeadError(evidence.name, head, frame_error(each)) for head, each in errors.items()]


def cut(evidence: Evidence, offset: float, lag: int) -> tuple[slice, slice]:
    """Return the stretches of equal length of a pair in which the node starts so many frames later."""
    later = round((offset - evidence.origin) / evidence.hop)
    first, other = max(later, 0), max(-later, 0)
    master, node = evidence.lengths
    rows, columns = equal_stretches(max(master - first, 0), max(node - other, 0), lag)
    return _moved(rows, first), _moved(columns, other)


def _moved(stretch: slice, by: int) -> slice:
    return slice(stretch.start + by, stretch.stop + by)
