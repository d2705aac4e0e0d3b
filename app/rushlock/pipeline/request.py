"""What is asked of a run and what comes of it: frozen snapshots handed between threads."""

from dataclasses import dataclass, field
from pathlib import Path

from rushlock.base.settings import Settings
from rushlock.media.clip import Clip, Unreadable
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import Decision
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
    """

    paths: tuple[Path, ...]
    cameras: tuple[tuple[str, Path], ...] = ()
    decisions: dict[str, Decision] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """Everything a run found out.

    Attributes:
        clips: All clips, ordered by camera, then start.
        unreadable: Files that could not be used, with reasons.
        sync_map: A placement for every clip.
        timings: Seconds spent by stage.
        estimates: Judged pairs, most likely first: what the placements rest on.
    """

    clips: tuple[Clip, ...]
    unreadable: tuple[Unreadable, ...]
    sync_map: SyncMap
    timings: dict[str, float] = field(default_factory=dict)
    estimates: tuple[Estimate, ...] = ()
