"""The steps of one phase: rates, clipping, curves, checkpoints, time left."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.window_training.curves import Curve
from rushlock.evaluation.window_training.recipe import PhaseRecipe

_LEAST_RATE = 0.02
_KEEP_EVERY = 60.0
_STAGE = "Training"


@dataclass(frozen=True)
class Trained:
    """Weights that are changed, and how quickly against the phase's rate."""

    weights: list[nn.Parameter]
    pace: float = 1.0


class Phase(Protocol):
    """What is trained, and by which loss."""

    name: str

    def trained(self) -> list[Trained]:
        """Return what this phase changes."""

    def draw(self, step: int) -> Iterator[None]:
        """Draw the scenes that a step needs, one at each turn."""

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a step, and figures for the curves."""


@dataclass
class Standing:
    """How far a phase has come: steps made, seconds spent, the optimizer's memory."""

    step: int = 0
    seconds: float = 0.0
    optimizer: dict[str, Any] | None = None


def run_phase(
    phase: Phase,
    plan: PhaseRecipe,
    standing: Standing,
    curve: Curve,
    keep: Callable[[], None],
    token: CancelToken,
) -> Stage[None]:
    """Train until the phase's steps, or its minutes, are used up.

    Args:
        phase: What to train.
        plan: How.
        standing: Where to go on; brought up to date.
        curve: Takes the figures.
        keep: Writes a checkpoint; called every minute, at the end and when the run is cancelled.
        token: Checked at every step.
    """
    trained = phase.trained()
    parameters = [weight for part in trained for weight in part.weights]
    groups = [{"params": part.weights, "pace": part.pace} for part in trained]
    optimizer = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, betas=(0.9, 0.98))
    if standing.optimizer is not None:
        optimizer.load_state_dict(standing.optimizer)
    since = last_kept = time.monotonic()
    before = standing.seconds
    try:
        while _progress(plan, standing) < 1.0:
            token.check()
            for _ in phase.draw(standing.step):
                token.check()
                yield Progress(
                    f"{_STAGE}: {phase.name}", standing.step, 0, curve.latest or "drawing scenes", "steps"
                )
            for group in optimizer.param_groups:
                group["lr"] = group["pace"] * _rate(plan, standing)
            loss, figures = phase.loss(standing.step)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            standing.step += 1
            standing.seconds = before + time.monotonic() - since
            curve.note(standing.step, standing.seconds, figures)
            yield _report(phase, plan, standing, curve)
            if time.monotonic() > last_kept + _KEEP_EVERY:
                standing.optimizer = optimizer.state_dict()
                keep()
                last_kept = time.monotonic()
    finally:
        standing.optimizer = optimizer.state_dict()
        keep()


def _progress(plan: PhaseRecipe, standing: Standing) -> float:
    """Return how much of the phase is over, 0 to 1, by steps or by time."""
    by_time = standing.seconds / (60 * plan.minutes) if plan.minutes else 0.0
    return max(standing.step / plan.steps, by_time)


def _rate(plan: PhaseRecipe, standing: Standing) -> float:
    """Return the learning rate: up in a line, down along a cosine."""
    up = min(1.0, (standing.step + 1) / plan.warmup)
    down = 0.5 + 0.5 * math.cos(math.pi * min(_progress(plan, standing), 1.0))
    return plan.rate * up * max(down, _LEAST_RATE)


def _report(phase: Phase, plan: PhaseRecipe, standing: Standing, curve: Curve) -> Progress:
    """Return progress in steps; where time ends the phase, in the steps that it will allow."""
    part = _progress(plan, standing)
    return Progress(f"{_STAGE}: {phase.name}", standing.step, standing.step / part, curve.latest, "steps")
