"""What is handed out: everything that any dialect or report may want to write, as one frozen snapshot."""

from dataclasses import dataclass, field

from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.export.likeness import Likeness
from rushlock.export.policy import Policy
from rushlock.media.clip import Clip, Unreadable
from rushlock.placements.sync_map import SyncMap
from rushlock.timeline.frame_rate import commonest_rate


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """One bin of a reliability curve: mean confidence given, share that was right, over how many clips."""

    confidence: float
    right: float
    clips: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A sync map with all that belongs to it.

    Attributes:
        clips: In track order.
        unreadable: Files that could not be used.
        sync_map: Clips that it does not mention are left out.
        name: Of the timeline.
        rate: Of the timeline; None: the commonest picture rate.
        drop: Whether the timeline counts drop-frame.
        settings: With which the sync map was made.
        truth: Clip key to true start in seconds on any clock, where it is known (generated shoots).
        reliability: How far confidences could be trusted when they were measured; empty where not to be
            shown.
        policy: How the editor wants it. Lists and reports tell of every clip whatever the policy.
        likenesses: Pictures for the report (see ``pipeline.likenesses``).
    """

    clips: tuple[Clip, ...]
    unreadable: tuple[Unreadable, ...]
    sync_map: SyncMap
    name: str
    rate: FrameRate | None = None
    drop: bool = False
    settings: Settings = field(default_factory=Settings)
    truth: dict[str, float] | None = None
    reliability: tuple[ReliabilityPoint, ...] = ()
    policy: Policy = field(default_factory=Policy)
    likenesses: tuple[Likeness, ...] = ()

    @property
    def timeline_rate(self) -> FrameRate:
        """The timeline's rate, chosen if need be."""
        return self.rate or commonest_rate(self.clips)

    @property
    def placed_clips(self) -> tuple[Clip, ...]:
        """The clips that the sync map mentions."""
        return tuple(clip for clip in self.clips if clip.key in self.sync_map.by_clip)
