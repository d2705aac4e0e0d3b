"""How little the frames of a moment differ from each other: distances between neighbours in time, by time.

What a camera sees of an action depends on where it stands; that two moments look alike hardly does (Junejo,
Dexter, Laptev, Perez: View-Independent Action Recognition from Temporal Self-Similarities, TPAMI 2011). A
distance between two frames of one camera is blind to all that stands still. It is made blind to the camera as
well: of the difference between two frames, whatever a picture that shifts, turns, grows, or changes its light
could account for is taken out first (the tangent distance of Simard, LeCun, Denker, 1993).

Distances are taken between real frames and interpolated in both their times, so that any frame rate, even
one that varies, comes out on one grid. Blending frames would not do: blends are smoother, and where they fall
repeats itself.
"""

import numpy as np
import numpy.typing as npt

from rushlock.media.framing import Picture

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

_FAINT = 1e-6
_FLOW_SOFTNESS = 60.0  # squared grey steps by which still texture and grain are kept from looking like flow
_FASTEST = 6e4  # what a half-precision number holds
_CELL = 8  # pixels: of small pictures, smaller cells see little but grain


def patches(frames: Picture | Floats) -> tuple[Floats, Floats]:
    """Return frames as vectors, and what camera and light can do to each.

    Args:
        frames: (n, rows, columns), grey.

    Returns:
        (n, pixels), and (n, 6, pixels): orthonormal rows spanning shift, turn, growth, gain and offset.
    """
    grey = np.asarray(frames, np.float32)
    count, rows, columns = grey.shape
    down, across = np.gradient(grey, axis=1), np.gradient(grey, axis=2)
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    moves = (across, down, across * y - down * x, across * x + down * y, grey, np.ones_like(grey))
    spanned = np.stack([m.reshape(count, -1) for m in moves], axis=1)
    return grey.reshape(count, -1), _orthonormal(spanned)


def _orthonormal(rows: Floats) -> Floats:
    """Return Gram and Schmidt's orthonormal rows of (n, k, pixels); rows that add nothing become zero."""
    out = np.zeros_like(rows)
    size = np.sqrt(np.square(rows).sum(axis=2))
    for k in range(rows.shape[1]):
        row = rows[:, k]
        for _ in range(2):  # once more: float32 leaves a rest
            row = row - np.einsum("nk,nkp->np", np.einsum("nkp,np->nk", out[:, :k], row), out[:, :k])
        left = np.sqrt(np.square(row).sum(axis=1))
        kept = left > 1e-3 * size[:, k] + _FAINT
        out[kept, k] = row[kept] / left[kept, None]
    return out


def still_distances(vectors: Floats, moves: Floats, most: int) -> Floats:
    """Return how much frames differ beyond what a camera's movement explains, root mean square.

    Returns:
        (n, most + 1): of frame i and i + k; NaN where there is no frame i + k.
    """
    count, pixels = vectors.shape
    out = np.full((count, most + 1), np.nan, np.float32)
    out[:, 0] = 0.0
    for k in range(1, min(most, count - 1) + 1):
        change = vectors[k:] - vectors[:-k]
        explained = np.square(np.einsum("nkp,np->nk", moves[:-k], change)).sum(axis=1)
        left = np.square(change).sum(axis=1) - explained
        out[: count - k, k] = np.sqrt(np.maximum(left, 0.0) / pixels)
    return out


def flows(frames: Picture | Floats) -> Floats:
    """Return (n, 2 * cells): how far the content of each cell moves from one frame to the next, in pixels.

    First all cells to the right, then all downwards. Least squares over a cell (Lucas and Kanade 1981), held
    towards rest where there is little to see. The median over all cells is taken out: the camera's own
    movement. The first and the last frame have none of their own and take their neighbour's.
    """
    grey = np.asarray(frames, np.float32)
    count = len(grey)
    if count < 3:
        return np.zeros((count, 2 * (grey.shape[1] // _CELL) * (grey.shape[2] // _CELL)), np.float32)
    change: Floats = ((grey[2:] - grey[:-2]) / 2).astype(np.float32)
    down: Floats = np.gradient(grey[1:-1], axis=1).astype(np.float32)
    across: Floats = np.gradient(grey[1:-1], axis=2).astype(np.float32)
    xx = _cells(across * across) + _FLOW_SOFTNESS
    xy = _cells(across * down)
    yy = _cells(down * down) + _FLOW_SOFTNESS
    xt, yt = _cells(across * change), _cells(down * change)
    scale = xx * yy - xy**2
    right, below = (xy * yt - yy * xt) / scale, (xy * xt - xx * yt) / scale
    flow = np.stack([v - np.median(v, axis=1, keepdims=True) for v in (right, below)], axis=1)
    flow = flow.reshape(count - 2, -1)
    return np.concatenate([flow[:1], flow, flow[-1:]])


def rises(times: Doubles, flow: Floats) -> Floats:
    """Return (n, 2): how much moves down and how much moves up, in pixels a second over all cells.

    What a camera sees as left or right, near or far, depends on where it stands. Up is up from everywhere, as
    long as cameras are held upright.

    Args:
        times: (n,) ascending, of the frames, seconds.
        flow: (n, 2 * cells), see ``flows``.
    """
    if len(times) < 2:
        return np.zeros((len(times), 2), np.float32)
    down = flow[:, flow.shape[1] // 2 :]
    whole = np.stack([np.maximum(down, 0).sum(axis=1), np.maximum(-down, 0).sum(axis=1)], axis=1)
    lasted = np.gradient(times)[:, None]
    return np.asarray(np.minimum(whole / np.maximum(lasted, 1e-6), _FASTEST), np.float32)


def _cells(values: Floats) -> Floats:
    """Return (n, cells): the mean over each cell."""
    count, rows, columns = values.shape
    high, wide = rows // _CELL, columns // _CELL
    part = values[:, : high * _CELL, : wide * _CELL].reshape(count, high, _CELL, wide, _CELL)
    return np.asarray(part.mean(axis=(2, 4)).reshape(count, -1))


def plain_distances(vectors: Floats, most: int) -> Floats:
    """Return how much rows i and i + k differ, root mean square, (n, most + 1); NaN where there is none."""
    count, size = vectors.shape
    out = np.full((count, most + 1), np.nan, np.float32)
    out[:, 0] = 0.0
    for k in range(1, min(most, count - 1) + 1):
        out[: count - k, k] = np.sqrt(np.square(vectors[k:] - vectors[:-k]).sum(axis=1) / size)
    return out


def on_grid(times: Doubles, distances: Floats, grid: Doubles, spans: int, hop: float) -> Floats:
    """Return distances between the moments of a grid, interpolated from those between frames.

    Args:
        times: (n,) ascending, of the frames, seconds.
        distances: (n, k): of frame i and i + k.
        grid: (g,) moments, within the frames' times.
        spans: How many.
        hop: Seconds from one span to the next.

    Returns:
        (g, spans): between a moment and the one 1 .. ``spans`` hops later; NaN beyond the last frame.
    """
    out = np.full((len(grid), spans), np.nan, np.float32)
    if len(times) < 2:
        return out
    early, part = _between(times, grid)
    for span in range(1, spans + 1):
        late, rest = _between(times, grid + span * hop)
        total = np.zeros(len(grid), np.float32)
        for i, wi in ((early, 1 - part), (early + 1, part)):
            for j, wj in ((late, 1 - rest), (late + 1, rest)):
                weight = (wi * wj).astype(np.float32)
                total += np.where(weight > 0, weight * _distance(distances, i, j), 0.0)
        inside = grid + span * hop <= times[-1] + 1e-9
        out[inside, span - 1] = total[inside]
    return out


def _between(times: Doubles, moments: Doubles) -> tuple[npt.NDArray[np.int64], Doubles]:
    """Return the frame before each moment, and how far on the way to the next it lies, 0 to 1."""
    before = np.clip(np.searchsorted(times, moments, side="right") - 1, 0, len(times) - 2)
    part = np.clip((moments - times[before]) / (times[before + 1] - times[before]), 0.0, 1.0)
    return before, part


def _distance(distances: Floats, i: npt.NDArray[np.int64], j: npt.NDArray[np.int64]) -> Floats:
    first, apart = np.minimum(i, j), np.minimum(np.abs(j - i), distances.shape[1] - 1)
    found: Floats = distances[first, apart]
    return found
