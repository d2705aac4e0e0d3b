"""What the settler hands to its thread: placements settled anew and written down, or written down alone."""

from dataclasses import dataclass, replace
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.gui.collector import building
from rushlock.gui.shoot import Shoot
from rushlock.gui.stages import Contents
from rushlock.gui.words import tr
from rushlock.pipeline.settling import Unsettled, settle
from rushlock.placements.grounds import Grounds
from rushlock.placements.moves import Move, moves
from rushlock.placements.sync_map import SyncMap
from rushlock.project.document import Project, wishes


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it.

    Attributes:
        found: The placements; None where the run was made by a Rushlock that kept no grounds.
        grounds: What they rest on, for the next time.
        shoot: What the window shows of them, made here where it stops nobody.
        moved: Which clips lie elsewhere now.
    """

    found: SyncMap | None
    grounds: Grounds | None
    shoot: Shoot | None = None
    moved: tuple[Move, ...] = ()


def settled_anew(
    path: Path,
    contents: Contents,
    before: Shoot,
    grounds: Grounds | None,
    settings: Settings,
    token: CancelToken,
) -> Stage[Settled]:
    """Settle a project for its decisions and keep the placements in it.

    Args:
        path: The document.
        contents: What it holds.
        before: What the window shows of that.
        grounds: What the last run knew; read from the document if not given.
        settings: Bars for synced and review.
        token: Checked between the steps.
    """
    yield Progress(tr("stages", "Settling"), 0, 0, path.name, unit="")
    with building(), Project.open(path) as project:
        grounds = grounds or project.grounds()
        token.check()
        if grounds is None:
            return Settled(None, None)
        found = yield from settle(_unsettled(contents, settings), grounds, token)
        token.check()
        project.store_settled(found, _digest(contents))
        after = replace(contents, found=found, settled=True)
        shoot = after.shown((before.rate, before.drop), before)
        return Settled(found, grounds, shoot, tuple(moves(contents.decided, after.decided)))


def kept(path: Path, contents: Contents, token: CancelToken) -> Stage[None]:
    """Keep placements that were settled before."""
    yield Progress(tr("stages", "Saving"), 0, 0, path.name, unit="")
    with Project.open(path) as project:
        token.check()
        project.store_settled(contents.found, _digest(contents))


def _unsettled(contents: Contents, settings: Settings) -> Unsettled:
    moved, cameras = contents.arrangement.moved, contents.cameras
    own = ((clip, moved.get(clip.key, cameras.get(clip.key, clip.camera))) for clip in contents.clips)
    clips = tuple(clip if clip.camera == camera else replace(clip, camera=camera) for clip, camera in own)
    return Unsettled(clips, contents.found, contents.decisions, settings, contents.arrangement.master)


def _digest(contents: Contents) -> str:
    return wishes(contents.decisions, contents.arrangement.moved, contents.arrangement.master)
