"""What the user says of cameras: what they are called, whose clip is whose, which clip is the master.

All of it is laid over what a run found, as decisions are, and goes along into later runs. A run names cameras
by what it finds, so whatever is to last is kept under those names; the user's own are for the eye. A camera
that the user made up is kept under the name it was given first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rushlock.base.errors import ProjectError
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Finding


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The user's word on cameras.

    Attributes:
        names: What a camera is called, by the name that a run gives it.
        moved: Clip key to the camera that the user gave it to, under the name that a run gives that.
        master: Key of the clip that clocks shall run straight against; empty where Rushlock is to choose.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    master: str = ""

    def shown(self, clip: str, found: str) -> str:
        """Return the name of the camera of a clip that a run found to be of the camera ``found``."""
        camera = self.moved.get(clip, found)
        return self.names.get(camera, camera)

    def laid_over(self, clips: Iterable[Clip]) -> tuple[Clip, ...]:
        """Return clips of a run as the user sees them."""
        return tuple(_of(clip, self.shown(clip.key, clip.camera)) for clip in clips)

    def laid_over_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings of a run under the names that the user gave to cameras."""
        return tuple(_renamed(finding, self.names) for finding in findings)

    def called(self, camera: str, name: str, found: Mapping[str, str]) -> "Arrangement":
        """Return the same with a camera called something else.

        Args:
            camera: What it is called now.
            name: What it shall be called.
            found: Clip key to the camera that a run found, of all clips.

        Raises:
            ProjectError: There is no such camera, or another one has that name.
        """
        called = self._called(found)
        if camera not in called.values():
            raise ProjectError(f"there is no camera {camera}")
        if not name.strip() or name in set(called.values()) - {camera}:
            raise ProjectError(f"a camera cannot be called {name!r}: the name is taken or empty")
        changed = {own: name for own, shown in called.items() if shown == camera}
        return replace(self, names={**self.names, **changed})

    def given(self, clips: Collection[str], camera: str, found: Mapping[str, str]) -> "Arrangement":
        """Return the same with clips given to a camera, or to a new one of that name.

        Args:
            clips: Their keys.
            camera: What the camera is called.
            found: Clip key to the camera that a run found, of all clips.

        Raises:
            ProjectError: A new camera would have no name.
        """
        if not camera.strip():
            raise ProjectError("a camera must have a name")
        called = self._called(found)
        own = next((own for own, shown in called.items() if shown == camera), "")
        names = self.names
        if not own:
            own = _free(camera, {*called, *names})
            names = {**names, own: camera}
        moved = {**self.moved, **dict.fromkeys(clips, own)}
        return replace(
            self, names=names, moved={key: to for key, to in moved.items() if to != found.get(key)}
        )

    def _called(self, found: Mapping[str, str]) -> dict[str, str]:
        """Return what each camera is called, by the name that it is kept under."""
        own = (self.moved.get(key, camera) for key, camera in found.items())
        return {camera: self.names.get(camera, camera) for camera in own}


def _of(clip: Clip, camera: str) -> Clip:
    return clip if clip.camera == camera else replace(clip, camera=camera)


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    name = names.get(finding.camera)
    if name is None:
        return finding
    words = finding.words
    if words.startswith(f"{finding.camera} "):
        words = name + words[len(finding.camera) :]
    return replace(finding, camera=name, words=words)
