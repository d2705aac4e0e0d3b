"""What is asked of a pair, and what comes back."""

from dataclasses import dataclass, field

from rushlock.base.settings import Settings
from rushlock.media.clip import Clip
from rushlock.pipeline.pair_view.ballot import NO_CURVE, Ballot, Curve
from rushlock.similarity.matrix import Metric
from rushlock.similarity.scales import ScaledMatrix, Scales

SOUND, PICTURE, BOTH = "sound", "picture", "both"
PLAIN = (SOUND, PICTURE, BOTH)
"""Modalities that need no network."""


@dataclass(frozen=True, slots=True)
class NetSide:
    """A network's modality: of which weights, and "audio", "video" or "both"."""

    net: str
    side: str


Modality = str | NetSide
"""One of ``PLAIN``, or a network's."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the last run said of the pair: by which method, where, how likely."""

    method: str
    offset: float
    chance: float


@dataclass(frozen=True, slots=True)
class Third:
    """A clip that may tell of the pair, and where it lies: its start minus the master's start, seconds."""

    clip: Clip
    lag: float


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to be looked at.

    Attributes:
        master, node: The clips; offsets are the node's start minus the master's.
        modality: What the matrix and the curve are to show.
        lag: Where the two are held together now; a network looks there where it cannot look at everything.
        told: What the last run said of the pair.
        thirds: Clips with a place beside the master.
        settings: Options.
    """

    master: Clip
    node: Clip
    modality: Modality = SOUND
    lag: float = 0.0
    told: tuple[Told, ...] = ()
    thirds: tuple[Third, ...] = ()
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Loop:
    """Where a third clip puts the pair.

    Attributes:
        clip: Its key.
        lag: Node's start minus master's start by way of it, seconds on the master's clock.
        chance: That both ways are right; NaN where they were only measured, not judged.
        height: Of the measured curve's peak; NaN where the run's evidence tells.
    """

    clip: str
    lag: float
    chance: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is known of a pair.

    Attributes:
        question: What was asked.
        master, node: The clips at every zoom in the modality asked for; None where that cannot be shown.
        curve: Evidence by lag in that modality.
        ballot: Votes, places.
        loops: What was measured by way of third clips.
        troubles: Why something is missing, by what it is missing of ("sound", "picture", a network's name):
            sentences about single clips.
    """

    question: Question
    master: Scales | None = None
    node: Scales | None = None
    curve: Curve = NO_CURVE
    ballot: Ballot = field(default_factory=Ballot)
    loops: tuple[Loop, ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()

    def matrix(self, metric: Metric) -> ScaledMatrix | None:
        """Return the matrix by a metric, None where there is none."""
        if self.master is None or self.node is None:
            return None
        return ScaledMatrix(self.master, self.node, metric)
