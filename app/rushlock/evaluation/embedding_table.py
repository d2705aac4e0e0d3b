"""How well embeddings tell same time from different time: the seed table of Multi-Synchformer.

For two clips of one event whose offset is known, every segment of the one is compared with every segment of
the other. *Same index* is the mean over pairs of one time, *different index* over all others (neighbours,
which share half their time, included). The gap is positive where the same time is more alike. The rank says
how many segments of the other clip lie before the right one, in order of likeness: 1 is perfect, half of
them chance. Distances are shown as such, cosine as similarity; vectors are plain means over tokens, neither
centred nor normalised, because the published table has L2 distances above 2.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rushlock.evaluation.embedding_pair import EmbeddedPair
from rushlock.similarity.lag_curve import lag_curve
from rushlock.similarity.matrix import METRICS, Matrix, Metric
from rushlock.similarity.posterior import LagPosterior, posterior
from rushlock.similarity.vectors import Floats, Modality

FEWEST = 2
"""Segments below which same and different cannot be told."""


@dataclass(frozen=True, slots=True)
class Row:
    """One modality by one metric.

    Attributes:
        modality, metric: Which.
        same: Mean over pairs of segments of one time; a distance for L1 and L2.
        different: Mean over all other pairs.
        gap: Difference of the two, positive where the same time is more alike.
        rank: Mean rank of the right segment.
        first: Share of segments whose right one comes first.
        segments: How many there are to choose from.
    """

    modality: Modality
    metric: Metric
    same: float
    different: float
    gap: float
    rank: float
    first: float
    segments: int

    def as_dict(self) -> dict[str, Any]:
        """Return its figures for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the lag curve of one modality says of the offset, cosine of centred vectors.

    Attributes:
        modality: Which.
        offset: The most probable, seconds: node's start minus master's; None: nothing can be said.
        probability: Of that lag and its two neighbours.
        none: Probability that the clips share no time.
    """

    modality: Modality
    offset: float | None
    probability: float
    none: float

    def as_dict(self) -> dict[str, Any]:
        """Return its figures for JSON."""
        return asdict(self)


def seed_table(pair: EmbeddedPair) -> list[Row]:
    """Return a row for each modality that both clips have and each metric."""
    rows = []
    for modality in pair.modalities:
        master, node = pair.together(modality)
        for metric in METRICS:
            row = table_row(modality, metric, Matrix(master, node, metric).whole())
            if row is not None:
                rows.append(row)
    return rows


def table_row(modality: Modality, metric: Metric, likeness: Floats) -> Row | None:
    """Return the row of a square matrix (larger is more alike); None where there is nothing to tell.

    Segments that are not present (NaN) on either side are left out.
    """
    here = np.isfinite(np.diagonal(likeness))
    count = int(here.sum())
    if count < FEWEST:
        return None
    cells = likeness[np.ix_(here, here)].astype(np.float64)
    right = np.diagonal(cells)
    same = float(right.mean())
    different = float((cells.sum() - right.sum()) / (count * count - count))
    above = (cells > right[:, None]).sum(axis=1)
    ties = (cells == right[:, None]).sum(axis=1) - 1
    rank = 1 + above + ties / 2
    shown = float if metric == "cosine" else abs
    return Row(
        modality=modality,
        metric=metric,
        same=shown(same),
        different=shown(different),
        gap=same - different,
        rank=float(rank.mean()),
        first=float((rank == 1).mean()),
        segments=count,
    )


def findings(pair: EmbeddedPair) -> list[Finding]:
    """Return what each modality says of the offset, whatever offset was given."""
    found = []
    for modality in pair.modalities:
        master, node = pair.master.vectors(modality), pair.node.vectors(modality)
        found.append(_finding(modality, posterior(lag_curve(Matrix(master.centred(), node.centred())))))
    return found


def _finding(modality: Modality, said: LagPosterior) -> Finding:
    top = int(np.argmax(said.probability)) if said.probability.size else 0
    around = said.probability[max(top - 1, 0) : top + 2]
    return Finding(modality, said.best, float(around.sum()), said.none)
