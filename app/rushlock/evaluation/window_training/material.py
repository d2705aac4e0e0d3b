"""Scenes to arrays: segments with what happens in them, windows with when they were taken.

Scenes are numbered. Those from ``HELD_OUT`` on are never trained on. Every number gives the same arrays
always.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.events.actors import ACTORS
from rushlock.evaluation.events.listening import Ear, draw_ear
from rushlock.evaluation.events.painting import Light, draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.events.views import View
from rushlock.nets.protocol import Floats, Pictures, SegmentLayout

HELD_OUT = 1 << 31
PARTS = 4
"""Into how many parts each token's time is split when it is asked what happens."""

_LEAD = 0.5
RUN = 6
"""Segments of a scene, when they are taken one by one."""
CAMERAS = 2
KNOWN, UNKNOWN = 2.1, 2.5
"""Seconds up to which offsets are to be told, and from which on sound counts as a stranger's."""


@dataclass(frozen=True)
class SegmentBatch:
    """Segments of one scene: two views and one microphone of the same moments.

    Attributes:
        pictures: (2, n, frames, side, side, 3) uint8.
        sound: (n, samples) float32.
        seen: What happens in each part of each picture token, (n, steps * PARTS, 2).
        heard: The same for sound, as late as the sound arrives, (n, beats * PARTS, 2).
    """

    pictures: Pictures
    sound: Floats
    seen: Floats
    heard: Floats

    def at(self, number: int) -> "SegmentBatch":
        """Return one moment of it."""
        one = slice(number, number + 1)
        return SegmentBatch(self.pictures[:, one], self.sound[one], self.seen[one], self.heard[one])


@dataclass(frozen=True)
class Camera:
    """A view with its light and its microphone."""

    view: View
    light: Light
    ear: Ear


def draw_camera(scene: EventScene, random: np.random.Generator) -> Camera:
    """Return a camera somewhere before a scene."""
    return Camera(scene.view(random), draw_light(random), draw_ear(random))


def segments(number: int, layout: SegmentLayout, steps: int, beats: int) -> SegmentBatch:
    """Return the segments of a scene, side by side in time; see ``SegmentBatch``."""
    random = np.random.default_rng((number, 3))
    scene = EventScene(number, _LEAD + (RUN + 1) * layout.segment + 0.2)
    start = _LEAD + float(random.uniform(0, layout.segment))
    cameras = [draw_camera(scene, random) for _ in range(CAMERAS)]
    ear = cameras[0].ear
    length = RUN * layout.segment
    sound = scene.sound(ear, layout.sample_rate)
    first = round(start * layout.sample_rate)
    return SegmentBatch(
        np.stack([_filmed(scene, c, start, RUN * layout.frames, layout) for c in cameras]).reshape(
            2, RUN, layout.frames, layout.picture, layout.picture, 3
        ),
        sound[first : first + RUN * layout.samples].reshape(RUN, -1),
        _happening(scene, start, length, steps * PARTS),
        _happening(scene, start - ear.travel, length, beats * PARTS),
    )


def _happening(scene: EventScene, start: float, length: float, parts: int) -> Floats:
    edges = start + np.linspace(0.0, length, RUN * parts + 1)
    return scene.activity(edges).T.reshape(RUN, parts, 2).astype(np.float32)


def _filmed(scene: EventScene, camera: Camera, start: float, count: int, layout: SegmentLayout) -> Pictures:
    times = start + np.arange(count) / layout.frame_rate
    return scene.pictures(camera.view, camera.light, times, layout.picture, layout.picture)


@dataclass(frozen=True)
class WindowBatch:
    """Windows of one scene.

    Attributes:
        pictures: (p, window, frames, side, side, 3) uint8, from two cameras in turn.
        picture_starts: Seconds, (p,).
        sound: (s, window, samples) float32, from both cameras' microphones in turn.
        sound_starts: Seconds, (s,).
        strangers: (x, window, samples): the same actors doing the same at other times.
    """

    pictures: Pictures
    picture_starts: Doubles
    sound: Floats
    sound_starts: Doubles
    strangers: Floats


def windows(number: int, layout: SegmentLayout, pictures: int = 2, sounds: int = 8) -> WindowBatch:
    """Return windows of a scene: any sound within 2.1 s of any picture, and further away.

    Starts are drawn so that the offset of a picture and a sound is spread evenly where a network knows it.
    """
    random = np.random.default_rng((number, 4))
    span = layout.window_seconds
    earliest = _LEAD + KNOWN + 0.4
    seconds = earliest + 1.0 + KNOWN + 0.4 + span + 0.1
    scene = EventScene(number, seconds)
    cameras = [draw_camera(scene, random) for _ in range(CAMERAS)]
    starts = earliest + random.uniform(0, 1.0, pictures)
    sound_starts = random.uniform(_LEAD, seconds - span - 0.1, sounds)
    recorded = [scene.sound(camera.ear, layout.sample_rate) for camera in cameras]
    other = EventScene(number, seconds, telling=1).sound(cameras[0].ear, layout.sample_rate)
    return WindowBatch(
        np.stack([filmed_window(scene, cameras[n % CAMERAS], at, layout) for n, at in enumerate(starts)]),
        starts,
        np.stack([cut(recorded[n % CAMERAS], at, layout) for n, at in enumerate(sound_starts)]),
        sound_starts,
        np.stack([cut(other, at, layout) for at in sound_starts[:2]]),
    )


def filmed_window(scene: EventScene, camera: Camera, start: float, layout: SegmentLayout) -> Pictures:
    """Return a window's segments of picture, (window, frames, side, side, 3)."""
    count = layout.frames + (layout.window - 1) * layout.hop_frames
    film = _filmed(scene, camera, start, count, layout)
    firsts = np.arange(layout.window) * layout.hop_frames
    cut_out: Pictures = film[firsts[:, None] + np.arange(layout.frames)]
    return cut_out


def cut(sound: npt.NDArray[np.float32], start: float, layout: SegmentLayout) -> Floats:
    """Return a window's segments of sound, (window, samples)."""
    hop = layout.hop_frames * layout.sample_rate // layout.frame_rate
    firsts = round(start * layout.sample_rate) + np.arange(layout.window) * hop
    cut_out: Floats = sound[firsts[:, None] + np.arange(layout.samples)]
    return cut_out


def kind_of(number: int) -> int:
    """Return the number of the first actor's kind in a scene."""
    return int(np.random.default_rng((number, 1)).integers(len(ACTORS)))
