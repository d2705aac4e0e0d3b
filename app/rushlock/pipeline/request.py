"""What is asked of a run and what comes of it: frozen snapshots handed between threads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rushlock.base.settings import Settings
from rushlock.media.clip import Clip, Unreadable
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import Decision
from rushlock.placements.grounds import Grounds
from rushlock.placements.sync_map import SyncMap


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """Where the rushes lie and what the user already decided.

    Attributes:
        paths: Folders and files.
        cameras: (name, path) pairs that override how cameras are told apart; a path covers all
            below it.
        decisions: Clip key to what the user decided; never overwritten.
        settings: Options of this run.
        moved: Clip key to the camera, by the name that runs give it, to which the user moved the clip.
        master: Key of the clip that its group's clock shall run straight against; empty: the longest.
    """

    paths: tuple[Path, ...]
    cameras: tuple[tuple[str, Path], ...] = ()
    decisions: dict[str, Decision] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    moved: Mapping[str, str] = field(default_factory=dict)
    master: str = ""

    def grouped(self, clips: Iterable[Clip]) -> tuple[Clip, ...]:
        """Return clips of the cameras that the user gave them to."""
        return tuple(replace(clip, camera=self.moved.get(clip.key, clip.camera)) for clip in clips)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """Everything a run found out.

    Attributes:
        clips: All clips, ordered by camera, then start; of the cameras that were found, for what the user
            says of them is laid over by whoever keeps it.
        unreadable: Files that could not be used, with reasons.
        sync_map: A placement for every clip.
        timings: Seconds spent by stage.
        estimates: Judged pairs, most likely first: what the placements rest on.
        unheard: Why a clip's sound could not place it, by clip key, empty where it is good; nothing at all
            where no run placed anything.
    """

    clips: tuple[Clip, ...]
    unreadable: tuple[Unreadable, ...]
    sync_map: SyncMap
    timings: dict[str, float] = field(default_factory=dict)
    estimates: tuple[Estimate, ...] = ()
    unheard: dict[str, str] = field(default_factory=dict)

    @property
    def grounds(self) -> Grounds | None:
        """What the placements rest on; None where no run placed anything."""
        return Grounds(self.estimates, self.unheard) if self.unheard else None
