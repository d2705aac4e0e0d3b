"""Paints shapes over a background, many pictures at once.

A shape is a blob (an ellipse that faces the camera) or a limb (two points with a thick line between), given
for each moment. Pictures are painted in short runs so that the arrays stay in the processor's cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.events.views import View, smooth_noise

Pictures = npt.NDArray[np.uint8]
Canvas = npt.NDArray[np.float32]
Colour = Doubles

_RUN = 12
_GRAINS = 4


@dataclass(frozen=True)
class Blob:
    """An ellipse: middle in metres (t, 3), half axes in metres (t,), colour 0 to 255 (3,)."""

    middle: Doubles
    across: Doubles
    down: Doubles
    colour: Colour


@dataclass(frozen=True)
class Limb:
    """A thick line: ends in metres (t, 3), its half width in metres, colour 0 to 255 (3,)."""

    begin: Doubles
    end: Doubles
    thick: float
    colour: Colour


Shape = Blob | Limb


@dataclass(frozen=True)
class Light:
    """What differs from camera to camera: exposure, contrast, colour cast (3,), grain; the backdrop's seed."""

    exposure: float
    contrast: float
    cast: Doubles
    grain: float
    flicker: float
    seed: int


def draw_light(random: np.random.Generator) -> Light:
    """Return a camera's light."""
    return Light(
        exposure=float(random.uniform(-30, 30)),
        contrast=float(random.uniform(0.65, 1.2)),
        cast=random.uniform(-14, 14, 3),
        grain=float(random.uniform(0, 9)),
        flicker=float(random.uniform(0, 5)) if random.random() < 0.3 else 0.0,
        seed=int(random.integers(1 << 31)),
    )


def paint(
    shapes: Sequence[Shape], view: View, light: Light, times: Doubles, height: int, width: int
) -> Pictures:
    """Return the pictures of a camera, (t, height, width, 3).

    Args:
        shapes: From back to front, each with one entry for each moment.
        view: Where the camera is.
        light: How it sees colours.
        times: Seconds, (t,).
        height: In pixels.
        width: In pixels.
    """
    half = min(height, width) / 2
    flat = [_Flat.of(shape, view, times, half, height, width) for shape in shapes]
    backdrop = _Backdrop(view, light, height, width)
    out = np.empty((len(times), height, width, 3), np.uint8)
    for first in range(0, len(times), _RUN):
        run = slice(first, min(first + _RUN, len(times)))
        canvas = backdrop.behind(times[run])
        for shape in flat:
            shape.paint(canvas, run)
        out[run] = backdrop.developed(canvas, times[run], first)
    return out


@dataclass(frozen=True)
class _Flat:
    """A shape as the camera sees it: pixels; an ellipse where ``end`` is None."""

    begin: Doubles
    end: Doubles | None
    across: Doubles
    down: Doubles
    colour: Canvas

    @classmethod
    def of(cls, shape: Shape, view: View, times: Doubles, half: float, height: int, width: int) -> "_Flat":
        middle = np.array([(width - 1) / 2, (height - 1) / 2])
        colour = shape.colour.astype(np.float32)
        if isinstance(shape, Blob):
            place, size = view.seen(shape.middle, times)
            return cls(
                place * half + middle, None, shape.across * size * half, shape.down * size * half, colour
            )
        (begin, size), (end, _) = view.seen(shape.begin, times), view.seen(shape.end, times)
        thick = np.maximum(shape.thick * size * half, 0.6)
        return cls(begin * half + middle, end * half + middle, thick, thick, colour)

    def paint(self, canvas: Canvas, run: slice) -> None:
        box = self._box(canvas.shape, run)
        if box is None:
            return
        rows, columns = box
        cover = self._cover(np.arange(rows.start, rows.stop), np.arange(columns.start, columns.stop), run)
        part = canvas[:, rows, columns]
        part += cover[..., None] * (self.colour - part)

    def _box(self, shape: tuple[int, ...], run: slice) -> tuple[slice, slice] | None:
        """Return the rows and columns that the shape touches in a run of pictures."""
        ends = [self.begin[run]] if self.end is None else [self.begin[run], self.end[run]]
        reach = np.stack([self.across[run], self.down[run]], axis=1) + 1.0
        low = np.min([(end - reach).min(axis=0) for end in ends], axis=0)
        high = np.max([(end + reach).max(axis=0) for end in ends], axis=0) + 1.0
        left, right = max(int(low[0]), 0), min(int(high[0]) + 1, shape[2])
        top, bottom = max(int(low[1]), 0), min(int(high[1]) + 1, shape[1])
        return None if left >= right or top >= bottom else (slice(top, bottom), slice(left, right))

    def _cover(self, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], run: slice) -> Canvas:
        """Return how much of each pixel is covered, 0 to 1, with an edge of one pixel."""
        x = (columns - self.begin[run, 0, None])[:, None, :].astype(np.float32)
        y = (rows - self.begin[run, 1, None])[:, :, None].astype(np.float32)
        across = np.maximum(self.across[run], 0.3).astype(np.float32)[:, None, None]
        if self.end is None:
            down = np.maximum(self.down[run], 0.3).astype(np.float32)[:, None, None]
            away = np.sqrt((x / across) ** 2 + (y / down) ** 2)
            disc: Canvas = np.clip((1.0 - away) * np.minimum(across, down) + 0.5, 0.0, 1.0)
            return disc
        along = (self.end[run] - self.begin[run]).astype(np.float32)
        dx, dy = along[:, 0, None, None], along[:, 1, None, None]
        part = np.clip((x * dx + y * dy) / (dx * dx + dy * dy + np.float32(1e-6)), 0.0, 1.0)
        away = np.sqrt((x - part * dx) ** 2 + (y - part * dy) ** 2)
        line: Canvas = np.clip(across + 0.5 - away, 0.0, 1.0)
        return line


class _Backdrop:
    """What is behind everything, moving with the camera's hand, and what the sensor makes of the picture."""

    def __init__(self, view: View, light: Light, height: int, width: int) -> None:
        random = np.random.default_rng(light.seed)
        self._view, self._light, self._size = view, light, (height, width)
        self._margin = int(np.ceil(view.sway * min(height, width) / 2)) + 1
        wall = (height + 2 * self._margin, width + 2 * self._margin)
        base, spread = random.uniform(50, 190, 3), random.uniform(8, 60)
        blobs = smooth_noise(random, wall, int(random.integers(2, 9)))
        self._wall = (base + spread * blobs).astype(np.float32)
        floor = int(wall[0] * random.uniform(0.6, 0.95))
        self._wall[floor:] = self._wall[floor:] * 0.6 + np.float32(random.uniform(0, 70))
        grains = random.standard_normal((_GRAINS, height, width, 1), np.float32)
        self._grain = np.float32(light.grain) * grains
        self._which = random.integers(_GRAINS, size=1 << 12)

    def behind(self, times: Doubles) -> Canvas:
        height, width = self._size
        moved = self._view.movement(times)[0] * (min(height, width) / 2)
        corners = np.clip(np.rint(self._margin - moved), 0, 2 * self._margin).astype(int)
        return np.stack([self._wall[y : y + height, x : x + width] for x, y in corners])

    def developed(self, canvas: Canvas, times: Doubles, first: int) -> Pictures:
        light = self._light
        canvas += self._grain[self._which[(first + np.arange(len(times))) % len(self._which)]]
        flicker = light.flicker * np.sin(2 * np.pi * 7.3 * times)[:, None, None, None]
        shift = (1 - light.contrast) * 110 + light.exposure + light.cast + flicker
        canvas *= np.float32(light.contrast)
        canvas += shift.astype(np.float32)
        np.clip(canvas, 0, 255, out=canvas)
        return canvas.astype(np.uint8)
