"""The sync map: every clip's placement on the project's clock.

It is what is reviewed, saved and exported. Pure data: no media, no OTIO, no Qt.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from rushlock.base.clock import Clock
from rushlock.offsets.av_offset import AvOffset


class Status(StrEnum):
    """What is to be done about a clip."""

    SYNCED = "synced"
    REVIEW = "review"
    UNSYNCED = "unsynced"
    MANUAL = "manual"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for or against a placement.

    Attributes:
        kind: "sound", "picture", "sound+picture", "timecode", "creation time", "decision".
        other: Key of the other clip, empty where there is none.
        offset: What this evidence says of the start, seconds on the project's clock; None where it says
            nothing exact.
        residual: How far that is from the placement, seconds.
        probability: Its own calibrated chance of being right.
        used: False where it contradicts the rest and was thrown out.
        words: For people: "sound of A001.mov, 41 s together".
    """

    kind: str
    other: str
    offset: float | None
    residual: float
    probability: float
    used: bool
    words: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one clip lies.

    Attributes:
        clip: Clip key.
        group: Number of the group whose clock ``clock`` speaks; None where unplaced.
        clock: The clip's clock on the project's clock (seconds; with a time of day known, seconds after
            midnight); None where nothing is known. A clip in ``review`` has its best guess here, an
            ``unsynced`` one has None.
        status: What is to be done about it.
        confidence: Calibrated chance that the placement is right within one frame.
        reason: In words a person understands.
        precision: Standard error of the start in seconds.
        evidence: What speaks for and against it, strongest first.
        scores: Raw scores behind the confidence (see ``placements.confidence``); none where no sound did.
        own_sound: How late the clip's own sound is against its picture; None where nobody looked.
    """

    clip: str
    group: int | None
    clock: Clock | None
    status: Status
    confidence: float
    reason: str
    precision: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    scores: tuple[float, ...] = ()
    own_sound: AvOffset | None = None

    @property
    def start(self) -> float | None:
        """Where the clip's first instant lies, seconds on the project's clock."""
        return None if self.clock is None else self.clock.start

    @property
    def heard(self) -> bool:
        """Whether it is the clip's sound that lies there, rather than its picture or what the user set."""
        if self.status in (Status.MANUAL, Status.LOCKED):
            return False
        return next((e.kind for e in self.evidence if e.used), "").startswith("sound")

    def picture_clock(self, frame: Fraction) -> Clock | None:
        """Return the clock that puts the clip's picture where it belongs.

        The placement's own unless the clip lies by its sound, and that is surely half a frame off or more.

        Args:
            frame: Seconds of a frame of the timeline.
        """
        told = self.own_sound
        if self.clock is None or told is None or not self.heard or not told.leads(frame):
            return self.clock
        return self.clock.shifted(told.seconds)

    @property
    def rate(self) -> float:
        """Project seconds per clip second."""
        return 1.0 if self.clock is None else self.clock.rate

    @property
    def drift_ppm(self) -> float:
        """Drift against the project's clock, ppm."""
        return 0.0 if self.clock is None else self.clock.drift_ppm


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the user should know about a whole camera: "CAM_B timecode is 1 h 00 m 00 s 12 f ahead"."""

    camera: str
    kind: str
    words: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SyncMap:
    """All placements of a project.

    Attributes:
        placements: One for each clip, in the order of the clips given.
        groups: How many groups; group 0 is the largest.
        time_of_day: For each group, whether its clock is a time of day (tied by timecode).
        findings: What was noticed about cameras.
        master: Key of the clip that the user chose as master, if it has a place; else of that against which
            the clock of group 0 runs straight.
    """

    placements: tuple[Placement, ...]
    groups: int = 0
    time_of_day: tuple[bool, ...] = ()
    findings: tuple[Finding, ...] = ()
    master: str = ""
    by_clip: dict[str, Placement] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_clip", {p.clip: p for p in self.placements})
