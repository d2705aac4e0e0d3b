"""What Rushlock writes under its own name into a timeline: everything that whole frames cannot say.

``schema`` rises when a key changes its meaning. Times are seconds, on the project's clock unless said
otherwise.
"""

from dataclasses import asdict
from typing import Any

import rushlock
from rushlock.placements.sync_map import SyncMap
from rushlock.timeline.channels import channels_of
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout

KEY = "rushlock"
SCHEMA = 1


def timeline_keys(plan: Layout, sync_map: SyncMap) -> dict[str, Any]:
    """Return what belongs to the whole: how frames are counted, groups, what was noticed about cameras."""
    return {
        "schema": SCHEMA,
        "version": rushlock.__version__,
        "rate": str(plan.rate),
        "drop": plan.drop,
        "origin": plan.origin,
        "time_of_day": plan.time_of_day,
        "start": str(plan.start),
        "groups": sync_map.groups,
        "moved_groups": [asdict(group) for group in plan.moved_groups],
        "master": sync_map.master,
        "findings": [asdict(finding) for finding in sync_map.findings],
    }


def clip_keys(event: Event, plan: Layout) -> dict[str, Any]:
    """Return what belongs to one event.

    ``offset`` is where the whole clip starts; ``place`` where this event's first frame belongs on the
    clock that the timeline's frames count; ``remainder`` how much later than the written frame that is;
    ``drift_frames`` how many timeline frames the event's end lies too late (positive: too early)
    because its speed is not changed.
    """
    placement, clip = event.placement, event.clip
    return {
        "schema": SCHEMA,
        "clip": clip.key,
        "camera": clip.camera,
        "given": clip.given or str(clip.path),
        "chapter": event.chapter + 1,
        "chapters": len(clip.files),
        "status": placement.status.value,
        "confidence": placement.confidence,
        "reason": placement.reason,
        "group": placement.group,
        "offset": placement.start,
        "place": None if event.place is None else float(event.place),
        "remainder": remainder(event, plan),
        "drift_ppm": placement.drift_ppm,
        "drift_frames": event.frames * (placement.rate - 1.0),
        "precision": placement.precision,
        "source_timecode": str(event.source.timecode + event.first) if event.source.picture else "",
        "source_drop": event.source.drop,
        "reel": event.file.reel,
        "fingerprint": event.file.fingerprint,
    } | {**_channel_names(event), **_own_sound(event)}


def _own_sound(event: Event) -> dict[str, Any]:
    """Return how late the clip's own sound was found to be, seconds, where it is off."""
    told = event.placement.own_sound
    return {} if told is None or not told.off else {"own_sound_late": told.seconds, "own_sound": told.words}


def _channel_names(event: Event) -> dict[str, Any]:
    """Return what a mixer called the channels, where it did."""
    names = [channel.name for channel in channels_of(event.file)]
    return {"channels": names} if any(names) else {}


def evidence_keys(event: Event) -> list[dict[str, Any]]:
    """Return what speaks for and against a clip's place, strongest first."""
    return [asdict(evidence) for evidence in event.placement.evidence]


def remainder(event: Event, plan: Layout) -> float | None:
    """Return how many seconds after its timeline frame an event truly begins; None for an unsynced clip."""
    return None if event.place is None else float(event.place - plan.rate.seconds_of(event.record))
