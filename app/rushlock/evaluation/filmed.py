"""Generated scenes as two cameras recorded them, in arrays: what votes are measured and weighed on.

Both cameras start with the scene. Scenes are numbered; every number gives the same arrays always, and none of
these numbers is ever trained on by ``window_training``.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import Stage
from rushlock.evaluation.events.listening import draw_ear
from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.nets.protocol import Floats, Pictures, SegmentLayout, WindowNet
from rushlock.offsets.heads.recording import Recording, Segments, Side

WEIGHED, MEASURED = (1 << 31) + (1 << 24), (1 << 31) + (2 << 24)
"""Numbers of the first scene that votes are weighed on, and of the first that protocols are measured on."""

_LEAD_S = 0.5


@dataclass(frozen=True)
class Filmed:
    """What one camera recorded from the scene's start on.

    Attributes:
        layout: Of the network it is for: pictures and sound have its rates and sizes.
        pictures: uint8 (frames, side, side, 3).
        sound: float32 (samples,).
    """

    layout: SegmentLayout
    pictures: Pictures
    sound: Floats

    @property
    def seconds(self) -> float:
        """Length of both."""
        layout = self.layout
        return min(len(self.pictures) / layout.frame_rate, len(self.sound) / layout.sample_rate)

    def picture_segments(self, start: float, count: int) -> Pictures:
        """Return (count, frames, side, side, 3) from a time on."""
        first = round(start * self.layout.frame_rate)
        rows = first + np.arange(count)[:, None] * self.layout.hop_frames + np.arange(self.layout.frames)
        out: Pictures = self.pictures[rows]
        return out

    def sound_segments(self, start: float, count: int) -> Floats:
        """Return (count, samples) from a time on."""
        layout = self.layout
        hop = layout.hop_frames * layout.sample_rate // layout.frame_rate
        first = round(start * layout.sample_rate)
        out: Floats = self.sound[first + np.arange(count)[:, None] * hop + np.arange(layout.samples)]
        return out

    def from_second(self, start: float) -> "Filmed":
        """Return the same recording begun later."""
        frame, sample = round(start * self.layout.frame_rate), round(start * self.layout.sample_rate)
        return Filmed(self.layout, self.pictures[frame:], self.sound[sample:])


def filmed_pair(
    number: int, seconds: float, layout: SegmentLayout, telling: int = 0, views: tuple[int, int] = (0, 1)
) -> tuple[Filmed, Filmed]:
    """Return a scene as two cameras recorded it.

    Args:
        number: Of the scene.
        seconds: How long they ran.
        layout: Of the network.
        telling: Another one: the same people do the same at other times.
        views: Which cameras; each number is another place, light and microphone.
    """
    scene = EventScene(number, seconds + _LEAD_S, telling=telling)
    one, other = (_filmed(scene, number, view, seconds, layout) for view in views)
    return one, other


def _filmed(scene: EventScene, number: int, view: int, seconds: float, layout: SegmentLayout) -> Filmed:
    random = np.random.default_rng((number, 7, view))
    times = np.arange(int(seconds * layout.frame_rate)) / layout.frame_rate + _LEAD_S
    camera, light, ear = scene.view(random), draw_light(random), draw_ear(random)
    sound = scene.sound(ear, layout.sample_rate)[round(_LEAD_S * layout.sample_rate) :]
    pictures = scene.pictures(camera, light, times, layout.picture, layout.picture)
    return Filmed(layout, pictures, np.asarray(sound, np.float32))


def recording(net: WindowNet, filmed: Filmed, *, pictures: bool = True, sound: bool = True) -> Recording:
    """Return a recording as heads see it; whatever is embedded is embedded once."""
    held: dict[tuple[Side, int], Floats] = {}

    def embed(side: Side, first: int, count: int) -> Stage[Segments]:
        yield from ()  # a stage, though one with nothing to tell: embedding takes a moment here
        missing = [n for n in range(first, first + count) if (side, n) not in held]
        if missing:
            start, number = missing[0] * filmed.layout.hop, missing[-1] - missing[0] + 1
            if side == "pictures":
                tokens = net.embed_pictures(filmed.picture_segments(start, number))
            else:
                tokens = net.embed_sound(filmed.sound_segments(start, number))
            held.update({(side, missing[0] + n): row for n, row in enumerate(tokens)})
        rows = np.stack([held[side, n] for n in range(first, first + count)])
        return Segments(first, rows, np.ones(count, np.bool_))

    return Recording(filmed.seconds, pictures, sound, embed)
