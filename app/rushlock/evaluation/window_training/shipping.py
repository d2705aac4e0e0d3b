"""Weights as they are shipped: a safetensors file; beside it how they came about and how good they are."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.events.scene import VERSION
from rushlock.evaluation.multi_synchformer import figures_record, generated_pairs, measure
from rushlock.evaluation.window_training.loop import Standing
from rushlock.evaluation.window_training.scores import score_scenes
from rushlock.export.atomic import write_atomically
from rushlock.nets.checkpoint import write_checkpoint
from rushlock.nets.checksums import sha256
from rushlock.nets.families import CONFIG
from rushlock.nets.protocol import WindowNet
from rushlock.nets.synchformer.open import open_synchformer

_ROWS = 40


class Sized(Protocol):
    """Sizes of a network."""

    def to_json(self) -> str:
        """Return them."""


class Network(Protocol):
    """What is trained."""

    @property
    def config(self) -> Sized:
        """Its sizes."""

    def state_dict(self) -> Mapping[str, Any]:
        """Return its weights."""


class Course(Protocol):
    """A training on its way, as far as it is written down."""

    @property
    def network(self) -> Network:
        """What is trained."""

    @property
    def device(self) -> str:
        """Where."""

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How far each phase is."""

    @property
    def rows(self) -> Mapping[str, list[dict[str, float]]]:
        """Of the curves, by phase."""

    @property
    def stints(self) -> list[dict[str, Any]]:
        """Recipes."""


def write_weights(training: Course, path: Path) -> Path:
    """Write a training's network as safetensors, its sizes among the metadata."""
    network = training.network
    weights = {name: tensor.detach().cpu() for name, tensor in network.state_dict().items()}
    write_checkpoint(path, weights, {CONFIG: network.config.to_json()})
    return path


def scored(path: Path, scenes: int, pairs: int, device: str, token: CancelToken) -> Stage[dict[str, Any]]:
    """Return the figures of weights that were written, opened as the product opens them.

    Args:
        path: Of the weights.
        scenes: Held-out scenes for accuracy and reliability.
        pairs: Pairs of cameras for the published protocol.
        device: Name of torch's device.
        token: Checked at every scene.
    """
    net: WindowNet = open_synchformer(path, name=path.stem, digest=sha256(path), device=device, bias=0.0)
    figures = yield from score_scenes(net, scenes, token)
    lags = yield from measure(net, generated_pairs(pairs), token, total=pairs)
    return {**figures, "lags": figures_record(lags)}


def write_record(training: Course, path: Path, scores: Mapping[str, Any], **more: object) -> Path:
    """Write recipe, course and scores of a training, and more, beside its weights, and return where."""
    record = {
        "weights": path.name,
        "sha256": sha256(path),
        "scenes": VERSION,
        "stints": training.stints,
        "course": {
            name: {
                "steps": standing.step,
                "minutes": round(standing.seconds / 60, 1),
                "device": training.device,
            }
            for name, standing in training.standings.items()
        },
        "curves": {name: _thinned(rows) for name, rows in training.rows.items()},
        **more,
        "scores": scores,
    }
    return write_atomically(path.with_suffix(".json"), json.dumps(record, indent=1) + "\n")


def _thinned(rows: list[dict[str, float]]) -> list[dict[str, float]]:
    """Return some rows of a curve, the last one among them."""
    step = max(1, len(rows) // _ROWS)
    return rows[::-step][::-1]
