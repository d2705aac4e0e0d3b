"""What the window hands to its runner: the core's stages, with reading and writing the document around them.

A project of 5,000 clips takes about a second to write and to read, far longer than a window may stand
still. So a stage opens the document a second time, in its own thread, and returns what it holds as frozen
values. *What* changes and when is still decided on the main thread alone; SQLite's locks keep the two
connections apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect
from rushlock.gui.shoot import Shoot, shoot_of
from rushlock.gui.words import tr
from rushlock.media.clip import Clip, MediaFile, Unreadable
from rushlock.pipeline.request import SyncRequest, SyncResult
from rushlock.placements.decisions import Decision
from rushlock.placements.sync_map import SyncMap
from rushlock.project.arrangement import Arrangement
from rushlock.project.document import Project, Source, wishes
from rushlock.project.overlay import with_decisions
from rushlock.timeline.frame_rate import chosen_rate

if TYPE_CHECKING:
    from rushlock.pipeline.from_timeline import TimelineMedia

SyncStage = Callable[[SyncRequest, CancelToken], Stage[SyncResult]]
Found = tuple[tuple[Clip, ...], tuple[Unreadable, ...]]
Wishes = tuple[frozenset[Decision], frozenset[tuple[str, str]], str]
LookStage = Callable[[SyncRequest, CancelToken], Stage[Found]]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a document holds, as frozen values.

    Attributes:
        sources: Folders and files that the user added.
        clips, unreadable: Of the last run.
        found: Its placements, without the decisions.
        decisions: By clip key.
        arrangement: What the user says of cameras; ``clips`` are as it has them.
        cameras: The camera that the run found, by clip key.
        settled: Whether the placements heed the decisions.
        shoot: What the window shows of all this, where the stage made it already.
    """

    sources: tuple[Source, ...] = ()
    clips: tuple[Clip, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    found: SyncMap = field(default_factory=lambda: SyncMap(()))
    decisions: dict[str, Decision] = field(default_factory=dict)
    arrangement: Arrangement = field(default_factory=Arrangement)
    cameras: Mapping[str, str] = field(default_factory=dict)
    settled: bool = field(default=True, compare=False)
    shoot: Shoot | None = field(default=None, compare=False)

    @property
    def wishes(self) -> Wishes:
        """What the user wants of placements: where that is equal, clips are placed alike."""
        arrangement = self.arrangement
        moved = frozenset(arrangement.moved.items())
        return frozenset(self.decisions.values()), moved, arrangement.master

    @property
    def decided(self) -> SyncMap:
        """The placements with the decisions laid over them."""
        keys = [clip.key for clip in self.clips]
        return with_decisions(self.found, keys, self.decisions, self.arrangement)

    def arranged(self, arrangement: Arrangement) -> "Contents":
        """Return the same with something else said of cameras."""
        names = ((c, arrangement.shown(c.key, self.cameras.get(c.key, c.camera))) for c in self.clips)
        clips = tuple(clip if clip.camera == name else replace(clip, camera=name) for clip, name in names)
        return replace(self, clips=clips, arrangement=arrangement)

    def shown(self, counting: tuple[FrameRate, bool], before: Shoot | None = None) -> Shoot:
        """Return what the window shows of all this; ``counting`` and ``before`` as for ``shoot_of``."""
        parts = (self.clips, self.unreadable, self.found, self.decided, self.decisions)
        return shoot_of(*parts, counting, before)


def contents_of(project: Project, timeline_rate: str) -> Contents:
    """Return what an open document holds, with its snapshot, which for thousands of clips takes a while."""
    held = Contents(
        project.sources(),
        project.clips(),
        project.unreadable(),
        project.found(),
        project.decisions(),
        project.arrangement(),
        project.found_cameras(),
        project.settled,
    )
    shoot = held.shown(chosen_rate(timeline_rate, held.clips))
    _ = shoot.cameras, shoot.counts  # worked out now, while no window waits for it
    return replace(held, shoot=shoot)


def loaded(path: Path, timeline_rate: str, token: CancelToken) -> Stage[Contents]:
    """Read a document."""
    yield Progress(tr("stages", "Opening"), 0, 0, path.name, unit="")
    token.check()
    with Project.open(path) as project:
        return contents_of(project, timeline_rate)


def looked(
    look: LookStage, request: SyncRequest, path: Path, before: SyncMap, token: CancelToken
) -> Stage[Contents]:
    """List the clips below the sources and write them down beside the places they had before."""
    clips, unreadable = yield from look(request, token)
    return _kept(path, SyncResult(clips, unreadable, before), request)


def synced(sync: SyncStage, request: SyncRequest, path: Path, token: CancelToken) -> Stage[Contents]:
    """Sync and write what was found into the document."""
    result = yield from sync(request, token)
    yield Progress(tr("stages", "Saving"), 0, 0, path.name, unit="")
    return _kept(path, result, request)


def _kept(path: Path, result: SyncResult, request: SyncRequest) -> Contents:
    with Project.open(path) as project:
        heeded = wishes(request.decisions, request.moved, request.master)
        project.store_run(result.clips, result.unreadable, result.sync_map, result.grounds, heeded)
        return contents_of(project, request.settings.timeline_rate)


def pipeline_look(request: SyncRequest, token: CancelToken) -> Stage[Found]:
    """Scan and probe as the pipeline will; a later sync finds the probes in the cache."""
    yield Progress(tr("stages", "Reading"), 0, 0, unit="files")
    from rushlock.cache.store import open_default
    from rushlock.media.catalogue import catalogue
    from rushlock.pipeline.probing import cached_probe

    probe = cached_probe(open_default(request.settings))
    found = yield from catalogue(request.paths, request.cameras, probe, token)
    return found.clips, found.unreadable


def timeline_media(
    timeline: Path, folders: Sequence[Path], settings: Settings, token: CancelToken
) -> Stage["TimelineMedia"]:
    """Find the media of a timeline, below some folders where they are not where it says."""
    yield Progress(tr("stages", "Reading"), 0, 0, timeline.name, unit="")
    from rushlock.pipeline.from_timeline import media_of_timeline

    return (yield from media_of_timeline(timeline, folders, settings, token))


def pipeline_sync(request: SyncRequest, token: CancelToken) -> Stage[SyncResult]:
    """Run the pipeline's own sync stage; loaded here because it brings torch along."""
    yield Progress(tr("stages", "Starting"), 0, 0, unit="")
    from rushlock.pipeline.run import sync

    return (yield from sync(request, token))


def exported(
    delivery: Delivery, targets: Sequence[tuple[Path, Dialect]], token: CancelToken
) -> Stage[tuple[Path, ...]]:
    """Write a delivery to several paths, each in its dialect, and return where all files lie."""
    from rushlock.pipeline import deliver

    written: list[Path] = []
    for destination, dialect in targets:
        token.check()
        yield Progress(tr("stages", "Exporting"), 0, 0, destination.name, unit="")
        written += yield from deliver.exported(destination, dialect, delivery, token)
    return tuple(written)


def losses(delivery: Delivery, dialects: Sequence[Dialect], token: CancelToken) -> Stage[tuple[str, ...]]:
    """Return what some dialects cannot say of a shoot, a sentence for each loss."""
    sentences = []
    for dialect in dialects:
        token.check()
        yield Progress(tr("stages", "Counting"), 0, 0, dialect.name, unit="")
        sentences += [f"{dialect.name}: {sentence}" for sentence in dialect.losses(delivery)]
    return tuple(sentences)


def missing_files(files: Iterable[MediaFile], token: CancelToken) -> Stage[tuple[MediaFile, ...]]:
    """Return the files that are not where they were."""
    gone = []
    known = tuple(files)
    for done, file in enumerate(known):
        token.check()
        yield Progress(tr("stages", "Looking at media"), done, len(known), file.path.name, unit="files")
        if not _is_there(file.path):
            gone.append(file)
    return tuple(gone)


def relinked(
    missing: tuple[MediaFile, ...], folder: Path, path: Path, timeline_rate: str, token: CancelToken
) -> Stage[Contents]:
    """Search a folder for missing files and write their new places into the document.

    Raises:
        RushlockError: None of them is there.
    """
    from rushlock.project.relink import accept, search

    result = yield from search(missing, [folder], token)
    if not result.moved:
        text = tr("stages", "None of the {count} missing files is in {folder}.")
        raise RushlockError(text.format(count=len(missing), folder=folder))
    with Project.open(path) as project:
        accept(project, result)
        return contents_of(project, timeline_rate)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
