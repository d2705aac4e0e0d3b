"""Shoots by name. Each is a function of a seed (and a size), and draws a plan."""

from collections.abc import Callable, Mapping

import numpy as np

from rushlock.evaluation.casting import StartStop, draw_camera, draw_event, elsewhere, start_stop
from rushlock.evaluation.plan import ClipPlan, ShootPlan
from rushlock.evaluation.scene.blocks import generator

_LEAST_HARDNESS, _MOST_HARDNESS = 0.0, 1.0


def small(seed: int, hardness: float | None = None) -> ShootPlan:
    """Return a small shoot: 3 to 5 cameras, clips of 8 to 40 s, drift, clips from elsewhere, sound alone.

    Args:
        seed: Draws everything.
        hardness: 0 (near, clean) to 1 (far, noisy, faulty); None: drawn.
    """
    random = generator(seed, "small")
    hard = float(random.uniform(_LEAST_HARDNESS, _MOST_HARDNESS)) if hardness is None else hardness
    here, there = draw_event(random, "here"), draw_event(random, "there")
    cameras = tuple(
        draw_camera(random, f"CAM_{letter}", here.room, hard)
        for letter in "ABCDE"[: int(random.integers(3, 6))]
    )
    habit = StartStop(float(random.uniform(50, 100)), (8, 40), (1.5, 14))
    clips = [clip for camera in cameras for clip in start_stop(random, camera.name, "here", habit)]
    clips += _strays(random, clips, "there", int(random.integers(1, 3)))
    return ShootPlan(f"small_{seed}", seed, (here, there), cameras, tuple(clips))


def _strays(random: np.random.Generator, clips: list[ClipPlan], event: str, number: int) -> list[ClipPlan]:
    """Return clips of another event, each of another camera, so that they overlap nothing."""
    end = max(clip.start + clip.seconds for clip in clips)
    owners = sorted({clip.camera for clip in clips})
    strays = []
    for owner in random.permutation(owners)[:number]:
        like = next(clip for clip in clips if clip.camera == owner)
        end += float(random.uniform(5, 60))
        strays.append(elsewhere(random, like, event, end))
        end += like.seconds
    return strays


SCENARIOS: Mapping[str, Callable[[int], ShootPlan]] = {"small": small}
