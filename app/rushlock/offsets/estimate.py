"""What is believed of a pair of clips.

Offset sign, everywhere: the node's start minus the master's start on the master's clock, in seconds;
positive means that the node started later.
"""

from dataclasses import dataclass, field

from rushlock.base.clock import Clock


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lag at which two feature tracks look alike.

    Attributes:
        offset: Seconds.
        score: Height of the lag curve there in units of its own noise (a z-score).
        overlap: Seconds of common time at this offset.
        chance: Score of the pair's usual chance peaks.
    """

    offset: float
    score: float
    overlap: float
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A judged pair: one edge of the graph.

    Attributes:
        master, node: Clip keys.
        clock: The node's clock on the master's clock; ``clock.start`` is the offset, pieces where a clock
            steps.
        precision: Standard error in seconds of the offset at the middle of the overlap.
        drift_error: Standard error of the drift in ppm.
        overlap: Seconds of common time, on the master's clock.
        probability: Calibrated chance that the offset is right within one frame (1/25 s); of what a network
            found alone, that it is right within what ``precision`` leaves open.
        method: "sound"; "picture" where pictures were compared; "sound+picture" where a network compared
            picture with sound.
        features: What the probability was computed from, by name (raw scores; see ``offsets.judge``; those
            of a network begin with "net_", those of pictures with "seen_").
        rivals: Other offsets that the pair's sound would allow, best first.
    """

    master: str
    node: str
    clock: Clock
    precision: float
    drift_error: float
    overlap: float
    probability: float
    method: str = "sound"
    features: dict[str, float] = field(default_factory=dict)
    rivals: tuple[Candidate, ...] = ()

    @property
    def offset(self) -> float:
        """Node's start minus master's start on the master's clock, seconds."""
        return self.clock.start

    @property
    def drift_ppm(self) -> float:
        """Drift of the node against the master, ppm."""
        return self.clock.drift_ppm
