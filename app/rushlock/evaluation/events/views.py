"""A camera somewhere in front of the scene: place, lens, tilt, mirror, unsteady hand."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.events.schedule import Doubles

_SWAYS = 4


@dataclass(frozen=True)
class View:
    """Where a camera is and how it is held.

    Attributes:
        eye: Metres, (3,).
        axes: Rows are right, down, ahead, (3, 3).
        focus: Half the picture's shorter side for one metre at one metre's distance.
        roll: Radians.
        mirrored: Whether left and right are exchanged.
        sway: Amplitude of the hand's movement in parts of half the shorter side.
        seed: Of the hand's movement and all else that is this camera's own.
    """

    eye: Doubles
    axes: Doubles
    focus: float
    roll: float
    mirrored: bool
    sway: float
    seed: int

    def seen(self, points: Doubles, times: Doubles) -> tuple[Doubles, Doubles]:
        """Project points.

        Args:
            points: Metres, (t, 3), one for each moment.
            times: Seconds, (t,).

        Returns:
            (t, 2) right and down of the middle in parts of half the shorter side, and the size of one metre
            there in the same unit, (t,).
        """
        seen = (points - self.eye) @ self.axes.T
        size = self.focus / np.maximum(seen[:, 2], 0.3)
        flat = seen[:, :2] * size[:, None]
        if self.mirrored:
            flat = flat * (-1.0, 1.0)
        moved, turned = self.movement(times)
        cos, sin = np.cos(turned), np.sin(turned)
        across = flat[:, 0] * cos - flat[:, 1] * sin
        down = flat[:, 0] * sin + flat[:, 1] * cos
        return np.stack([across, down], axis=1) + moved, size

    def movement(self, times: Doubles) -> tuple[Doubles, Doubles]:
        """Return the shift of the picture by the unsteady hand, (t, 2), and its turn in radians, (t,)."""
        random = np.random.default_rng(self.seed)
        paces = random.uniform(0.1, 1.6, (_SWAYS, 3)) * 2 * np.pi
        swings = np.sin(times[:, None, None] * paces + random.uniform(0, 2 * np.pi, (_SWAYS, 3)))
        swayed = self.sway * (swings * random.uniform(0.2, 1.0, (_SWAYS, 3))).mean(axis=1)
        return swayed[:, :2], self.roll + 0.4 * swayed[:, 2]


def draw_view(
    random: np.random.Generator, target: Doubles, reach: float, widest: float = 1.2, seed: int | None = None
) -> View:
    """Return a camera that looks at something.

    Args:
        random: Draws everything.
        target: What it looks at, metres, (3,). The scene faces the negative y axis.
        reach: Radius in metres of what should be in the picture.
        widest: How far round the scene it may stand, radians to either side.
        seed: Of what is the camera's own; None: drawn.
    """
    azimuth, height = random.uniform(-widest, widest), random.uniform(-0.08, 0.55)
    away = random.uniform(1.8, 6.0) * max(reach, 0.5)
    direction = np.array(
        [np.sin(azimuth) * np.cos(height), -np.cos(azimuth) * np.cos(height), np.sin(height)]
    )
    eye = target + away * direction
    ahead = -direction
    right = np.cross(ahead, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    return View(
        eye=eye,
        axes=np.stack([right, np.cross(ahead, right), ahead]),
        focus=float(random.uniform(0.6, 1.0)) * away / reach,
        roll=float(random.normal(0.0, 0.06)),
        mirrored=bool(random.random() < 0.15),
        sway=float(random.uniform(0.0, 0.12)) if random.random() < 0.6 else 0.0,
        seed=int(random.integers(1 << 31)) if seed is None else seed,
    )


def smooth_noise(random: np.random.Generator, shape: tuple[int, int], cells: int) -> npt.NDArray[np.float32]:
    """Return colour blobs, (height, width, 3), about -1 to 1, by stretching a few random cells."""
    coarse = random.uniform(-1.0, 1.0, (cells, cells, 3)).astype(np.float32)
    rows, columns = (np.linspace(0, cells - 1.001, n) for n in shape)
    r, c = rows.astype(int), columns.astype(int)
    fr, fc = (rows - r)[:, None, None].astype(np.float32), (columns - c)[None, :, None].astype(np.float32)
    top = coarse[r][:, c] * (1 - fc) + coarse[r][:, c + 1] * fc
    bottom = coarse[r + 1][:, c] * (1 - fc) + coarse[r + 1][:, c + 1] * fc
    blobs: npt.NDArray[np.float32] = top * (1 - fr) + bottom * fr
    return blobs
