"""``sync.json``: the result for machines, full precision, schema 1 (``sync.schema.json`` beside this file).

Clips are keyed by their path as it was given, evidence names other clips the same way. A number that is
none (not finite) becomes null. New keys may come without a new schema number; a key never changes its
meaning within one.
"""

import json
import math
from collections import Counter
from dataclasses import asdict
from fractions import Fraction
from importlib import resources
from typing import Any

import rushlock
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Evidence, Placement
from rushlock.timeline.channels import channels_of

SCHEMA = 1


def schema() -> dict[str, Any]:
    """Return the JSON schema that every ``sync.json`` of this version keeps to."""
    text = resources.files("rushlock.export").joinpath("sync.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def render(delivery: Delivery) -> str:
    """Return the sync map as JSON."""
    return json.dumps(document(delivery), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def document(delivery: Delivery) -> dict[str, Any]:
    """Return what ``sync.json`` says, as plain lists and dictionaries."""
    sync_map = delivery.sync_map
    names = _names(delivery.clips)
    return {
        "schema": SCHEMA,
        "rushlock": rushlock.__version__,
        "name": delivery.name,
        "timeline": {"rate": str(delivery.timeline_rate), "drop": delivery.drop},
        "master": names.get(sync_map.master),
        "groups": _groups(delivery),
        "clips": {
            names[clip.key]: _clip(
                clip, sync_map.by_clip[clip.key], names, delivery.timeline_rate.frame_seconds
            )
            for clip in delivery.placed_clips
        },
        "findings": [asdict(finding) for finding in sync_map.findings],
        "unreadable": [{"path": str(file.path), "reason": file.reason} for file in delivery.unreadable],
    }


def _names(clips: tuple[Clip, ...]) -> dict[str, str]:
    """Return each clip's path as given, by key; a path given for two clips gives way to the path on disk."""
    taken: dict[str, str] = {}
    for clip in clips:
        name = clip.given or str(clip.path)
        taken[clip.key] = str(clip.path) if name in taken.values() else name
    return taken


def _groups(delivery: Delivery) -> list[dict[str, Any]]:
    sync_map = delivery.sync_map
    members = Counter(placement.group for placement in sync_map.placements)
    return [
        {
            "group": group,
            "time_of_day": group < len(sync_map.time_of_day) and sync_map.time_of_day[group],
            "clips": members[group],
        }
        for group in range(sync_map.groups)
    ]


def _clip(clip: Clip, placement: Placement, names: dict[str, str], frame: Fraction) -> dict[str, Any]:
    timecode = clip.timecode
    return {
        "camera": clip.camera,
        "group": placement.group,
        "start": _number(placement.start),
        "rate": placement.rate,
        "drift_ppm": _number(placement.drift_ppm),
        "precision": _number(placement.precision),
        "status": placement.status.value,
        "confidence": _number(placement.confidence),
        "own_sound": _own_sound(placement),
        "picture_start": _number(_picture_start(placement, frame)),
        "reason": placement.reason,
        "evidence": [_evidence(evidence, names) for evidence in placement.evidence],
        "pieces": [asdict(piece) for piece in placement.clock.pieces] if placement.clock else [],
        "duration": float(clip.duration),
        "timecode": None if timecode is None else str(timecode),
        "timecode_rate": None if timecode is None else str(timecode.rate),
        "picture_rate": None if clip.rate is None else str(clip.rate),
        "reel": clip.files[0].reel,
        "channels": [channel.name for channel in channels_of(clip.files[0])],
        "key": clip.key,
        "files": [str(file.path) for file in clip.files],
    }


def _picture_start(placement: Placement, frame: Fraction) -> float | None:
    """Return where a clip starts if its picture lies where it belongs; its start where nothing is known."""
    clock = placement.picture_clock(frame)
    return None if clock is None else clock.start


def _own_sound(placement: Placement) -> dict[str, Any] | None:
    """Return how late a clip's own sound is, seconds; None where nobody looked."""
    told = placement.own_sound
    if told is None:
        return None
    return {
        "verdict": told.verdict.value,
        "late": _number(told.seconds),
        "error": _number(told.error),
        "chance": _number(told.chance),
        "words": told.words,
    }


def _evidence(evidence: Evidence, names: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "other": names.get(evidence.other),
        "offset": _number(evidence.offset),
        "residual": _number(evidence.residual),
        "probability": _number(evidence.probability),
        "used": evidence.used,
        "words": evidence.words,
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


DIALECT = Dialect(
    name="sync.json",
    suffix=".json",
    readers="scripts",
    carries="everything, at full precision",
    loses="nothing but the media themselves",
    writer=as_text(render),
)
write = DIALECT.write
