"""The project document: what was recorded, what a run found, what the user decided.

Every change is on the disk when the call returns. A run replaces what earlier runs found; decisions live
in a table of their own that no run touches and are laid over the map when it is read. What the user says
of cameras (``arrangement``) is kept in the same way.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from rushlock.base.errors import ProjectError
from rushlock.base.settings import Settings
from rushlock.media.clip import Clip, MediaFile, Unreadable
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import HOLDS_PLACE, Decision
from rushlock.placements.grounds import Grounds
from rushlock.placements.sync_map import Placement, SyncMap
from rushlock.project.arrangement import Arrangement
from rushlock.project.overlay import with_decisions
from rushlock.project.records import written
from rushlock.project.storage import Storage, now
from rushlock.project.tables import Tables

SUFFIX = ".rushlock"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that the user added.

    Attributes:
        path: It.
        camera: The camera that everything below it belongs to; empty where Rushlock is to tell.
    """

    path: Path
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a project's history, oldest first."""

    at: datetime
    words: str


class Project:
    """An open project. Belongs to the thread that opened it; others get the frozen values that it returns."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._tables = Tables(storage)

    @classmethod
    def create(cls, path: Path) -> "Project":
        """Make a new project.

        Raises:
            ProjectError: There is a file already, or the folder cannot be written.
        """
        return cls(Storage.create(path))

    @classmethod
    def open(cls, path: Path) -> "Project":
        """Open a project, bringing one of an older version up to date.

        Raises:
            ProjectError: It is missing, damaged or no project.
            ProjectTooNewError: A newer Rushlock wrote it.
        """
        return cls(Storage.open(path))

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Nothing is left to save."""
        self._storage.close()

    @property
    def path(self) -> Path:
        """The document's file."""
        return self._storage.path

    @property
    def read_only(self) -> bool:
        """Whether no change can be made, because of the file's or the folder's permissions."""
        return self._storage.read_only

    @property
    def name(self) -> str:
        """What the project is called; the file's name until the user says otherwise."""
        text = self._tables.fact("name")
        return self.path.stem if text is None else str(json.loads(text))

    def rename(self, name: str) -> None:
        """Call the project something else."""
        with self._storage.change(f"Project called {name}"):
            self._tables.set_fact("name", json.dumps(name))

    def settings(self) -> Settings:
        """Return the options of the project's runs."""
        text = self._tables.fact("settings")
        return Settings() if text is None else self._tables.read(Settings, text)

    def set_settings(self, settings: Settings) -> None:
        """Keep the options of the project's runs."""
        with self._storage.change("Settings changed"):
            self._tables.set_fact("settings", written(settings))

    def sources(self) -> tuple[Source, ...]:
        """Return the folders and files that the user added, in order."""
        return self._tables.all(Source, "sources")

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Keep the folders and files that the user added."""
        with self._storage.change(f"Sources set: {len(sources)}"):
            self._tables.fill("sources", "record", ((written(source),) for source in sources))

    def clips(self) -> tuple[Clip, ...]:
        """Return all clips of the last run, of the cameras that the user gave them to, under their names."""
        return self.arrangement().laid_over(self._tables.all(Clip, "clips"))

    def found_cameras(self) -> dict[str, str]:
        """Return the camera that the last run found, by clip key: what an arrangement is laid over."""
        rows = self._storage.rows("SELECT clip, json_extract(record, '$.camera') FROM clips")
        return {str(clip): str(camera) for clip, camera in rows}

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Return the files that the last run could not use, with reasons."""
        return self._tables.all(Unreadable, "unreadable")

    def found(self) -> SyncMap:
        """Return the last run's placements as the run found them, findings under its own camera names."""
        text = self._tables.fact("sync map")
        found = SyncMap(()) if text is None else self._tables.read(SyncMap, text)
        return replace(found, placements=self._tables.all(Placement, "placements"))

    def sync_map(self) -> SyncMap:
        """Return the last run's placements with the decisions laid over them."""
        clips = [key for (key,) in self._storage.rows("SELECT clip FROM clips ORDER BY position")]
        return with_decisions(self.found(), clips, self.decisions(), self.arrangement())

    def store_run(
        self,
        clips: Sequence[Clip],
        unreadable: Sequence[Unreadable],
        sync_map: SyncMap,
        grounds: Grounds | None = None,
        heeded: str = "",
    ) -> None:
        """Keep what a run found in place of what earlier runs found. Decisions stay as they are.

        Args:
            clips: All clips.
            unreadable: Files that could not be used.
            sync_map: Their placements.
            grounds: What the placements rest on; None where they are those of the run before.
            heeded: ``wishes`` at the time the run was asked for.

        Raises:
            ProjectError: The document cannot be written now; the earlier run is still there.
        """
        placed = sum(placement.clock is not None for placement in sync_map.placements)
        records = _records(sync_map)  # made before others are locked out
        with self._storage.change(f"Synced: {placed} of {len(clips)} clips have a place"):
            self._tables.fill("clips", "clip, record", ((clip.key, written(clip)) for clip in clips))
            self._tables.fill("unreadable", "record", ((written(file),) for file in unreadable))
            self._place(records, sync_map)
            if grounds is not None:
                self._tables.fill("estimates", "record", ((written(e),) for e in grounds.estimates))
                self._tables.set_fact("unheard", json.dumps(grounds.unheard))
                self._tables.set_fact("heeded", json.dumps(heeded))

    def grounds(self) -> Grounds | None:
        """Return what the last run's placements rest on; None where an older Rushlock made it."""
        unheard = self._tables.fact("unheard")
        return (
            None if unheard is None else Grounds(self._tables.all(Estimate, "estimates"), json.loads(unheard))
        )

    def store_settled(self, sync_map: SyncMap, heeded: str) -> None:
        """Keep placements that were settled anew from the grounds of the last run.

        Args:
            sync_map: The placements.
            heeded: ``wishes`` that they heed.

        Raises:
            ProjectError: The document cannot be written now; the earlier placements are still there.
        """
        records = _records(sync_map)
        with self._storage.change("Neighbours settled"):
            self._place(records, sync_map)
            self._tables.set_fact("heeded", json.dumps(heeded))

    @property
    def settled(self) -> bool:
        """Whether the placements heed what the user has decided by now; unknown of older runs: they do."""
        heeded = self._tables.fact("heeded")
        return heeded is None or json.loads(heeded) == self._wishes()

    def _wishes(self) -> str:
        arrangement = self.arrangement()
        return wishes(self.decisions(), arrangement.moved, arrangement.master)

    def _place(self, records: Sequence[tuple[str, str]], sync_map: SyncMap) -> None:
        self._tables.fill("placements", "clip, record", records)
        self._tables.set_fact("sync map", written(replace(sync_map, placements=())))

    def decisions(self) -> dict[str, Decision]:
        """Return what the user decided, by clip key; also about clips that the last run did not see."""
        rows = self._storage.rows("SELECT record FROM decisions ORDER BY clip")
        decided = [self._tables.read(Decision, text) for (text,) in rows]
        return {decision.clip: decision for decision in decided}

    def decide(self, *decisions: Decision) -> None:
        """Keep decisions, all or none, each in place of an earlier one about its clip.

        A clip that is placed or locked without a clock stays where it is now.

        Raises:
            ProjectError: A clip to be locked has no place yet, or the document cannot be written now.
        """
        if not decisions:
            return
        whole = [self._with_place(decision) for decision in decisions]
        words = ", ".join(f"{self._name_of(decision.clip)} {decision.kind}" for decision in whole)
        with self._storage.change(words):
            for decision in whole:
                self._storage.execute(
                    "INSERT OR REPLACE INTO decisions (clip, record, decided) VALUES (?, ?, ?)",
                    *(decision.clip, written(decision), now()),
                )

    def undo_decision(self, clip: str) -> None:
        """Forget what was decided about a clip; it goes back to where the last run had it."""
        if self._tables.one(Decision, "decisions", clip) is None:
            return
        with self._storage.change(f"{self._name_of(clip)} no longer decided"):
            self._storage.execute("DELETE FROM decisions WHERE clip = ?", clip)

    def arrangement(self) -> Arrangement:
        """Return what the user says of cameras."""
        names, master = self._tables.fact("cameras"), self._tables.fact("master")
        return Arrangement(
            names={} if names is None else json.loads(names),
            moved=dict(self._storage.rows("SELECT clip, camera FROM moved_clips ORDER BY clip")),
            master="" if master is None else str(json.loads(master)),
        )

    def arrange(self, arrangement: Arrangement, words: str) -> None:
        """Keep what the user says of cameras, in place of what was said before.

        Args:
            arrangement: All of it.
            words: What changed, for the history.

        Raises:
            ProjectError: The document cannot be written now.
        """
        with self._storage.change(words):
            self._tables.set_fact("cameras", json.dumps(dict(arrangement.names)))
            self._tables.set_fact("master", json.dumps(arrangement.master))
            self._storage.execute("DELETE FROM moved_clips")
            self._storage.execute_all(
                "INSERT INTO moved_clips (clip, camera) VALUES (?, ?)", arrangement.moved.items()
            )

    def rename_camera(self, camera: str, name: str) -> None:
        """Call a camera something else, also in runs to come.

        Raises:
            ProjectError: There is no such camera, or another one has that name.
        """
        called = self.arrangement().called(camera, name, self.found_cameras())
        self.arrange(called, f"Camera {camera} called {name}")

    def move_files(self, moved: Mapping[Path, MediaFile], sources: Sequence[Source]) -> None:
        """Keep where media files lie now.

        Args:
            moved: Old path to the file as found in its new place.
            sources: All sources, those that moved with their files under their new paths.
        """
        clips = self._tables.all(Clip, "clips")
        with self._storage.change(f"{len(moved)} files found in another place"):
            for clip in clips:
                files = tuple(moved.get(file.path, file) for file in clip.files)
                if files != clip.files:
                    record = written(replace(clip, files=files))
                    self._storage.execute("UPDATE clips SET record = ? WHERE clip = ?", record, clip.key)
            self._tables.fill("sources", "record", ((written(source),) for source in sources))

    def history(self) -> tuple[Change, ...]:
        """Return every change since the project was made, oldest first."""
        rows = self._storage.rows("SELECT at, words FROM changes ORDER BY id")
        return tuple(Change(datetime.fromisoformat(at), words) for at, words in rows)

    def save_copy(self, path: Path) -> None:
        """Write a copy of the whole document; an older file of that name is replaced in one step.

        Raises:
            ProjectError: It cannot be written, or it is this very document.
        """
        if path.exists() and path.samefile(self.path):
            raise ProjectError(
                f"{path}: a project cannot be copied onto itself; every change is saved already"
            )
        self._storage.copy_to(path)

    def _with_place(self, decision: Decision) -> Decision:
        """Return a decision with the place where its clip is now, if it needs one and has none."""
        if decision.kind not in HOLDS_PLACE or decision.clock is not None:
            return decision
        before = self._tables.one(Decision, "decisions", decision.clip)
        held = (
            before
            if before is not None and before.clock
            else self._tables.one(Placement, "placements", decision.clip)
        )
        if held is None or held.clock is None:
            raise ProjectError(f"{self._name_of(decision.clip)} has no place yet, so it cannot stay there")
        return replace(decision, clock=held.clock, group=held.group)

    def _name_of(self, key: str) -> str:
        clip = self._tables.one(Clip, "clips", key)
        return key if clip is None else clip.name


def _records(sync_map: SyncMap) -> list[tuple[str, str]]:
    return [(placement.clip, written(placement)) for placement in sync_map.placements]


def wishes(decisions: Mapping[str, Decision], moved: Mapping[str, str], master: str) -> str:
    """Return a digest of what the user wants of placements: two that are equal place alike.

    Args:
        decisions: By clip key.
        moved: Clips given to other cameras, as in an ``Arrangement``.
        master: Key of the clip that the user chose as master.
    """
    said = [written(decisions[key]) for key in sorted(decisions)]
    said += [master, json.dumps(sorted(moved.items()))]
    return sha256("\n".join(said).encode()).hexdigest()
