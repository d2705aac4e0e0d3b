"""Sentences about placements, for people."""

from collections.abc import Iterable, Mapping

from rushlock.features.heard import HeardTrack
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import DECISION

PICTURE = "picture"
"""Method of estimates that compare pictures alone."""

LEAST_S = 1.5
_STEADY_DB = 3.0
_CLIPPED = 0.05


def duration_words(seconds: float, frame: float) -> str:
    """Return a length in hours, minutes, seconds and frames: "1 h 00 m 00 s 12 f"."""
    whole = int(seconds + frame / 2)
    rest = max(round((seconds - whole) / frame), 0)
    hours, minutes, secs = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        parts = [f"{hours} h {minutes:02d} m {secs:02d} s"]
    elif minutes:
        parts = [f"{minutes} m {secs:02d} s"]
    else:
        parts = [f"{secs} s"] if secs else []
    if rest or not parts:
        parts.append(f"{rest} f")
    return " ".join(parts)


def is_rough(estimate: Estimate) -> bool:
    """Return whether an estimate rests on no comparison of sound with sound, which is exact by itself."""
    return "coarse" not in estimate.features and estimate.method not in ("sound", DECISION)


def evidence_words(estimate: Estimate, key: str, name: str, *, holds: bool) -> str:
    """Return what an estimate of a clip with another called ``name`` says."""
    if estimate.method == DECISION:
        return f"set by you against {name}"
    if estimate.method in ("sound", PICTURE):
        said = f"{estimate.method} of {name}"
    elif not is_rough(estimate):
        said = f"sound and picture of {name}"
    elif estimate.features.get("net_master_seen", 0.0) == float(key == estimate.master):
        said = f"its picture with the sound of {name}"
    else:
        said = f"its sound with the picture of {name}"
    trial = " (experimental network)" if estimate.features.get("net_experimental") else ""
    otherwise = "" if holds else " says otherwise"
    return f"{said}{trial}{otherwise}, {estimate.overlap:.0f} s together"


def rough_words(words: str, error: float) -> str:
    """Return why a place that is likely, but not known to the frame, is for review."""
    return f"{words}: right to about {error:.2f} s, to be set to the frame by eye"


def all_unheard(
    clips: Iterable[Clip], tracks: Mapping[str, HeardTrack], troubles: Mapping[str, str]
) -> dict[str, str]:
    """Return ``why_unheard`` of every clip by its key.

    Args:
        clips: The clips.
        tracks: What was heard, by clip key.
        troubles: Why a clip's sound could not be read, by clip key.
    """
    return {c.key: why_unheard(c, tracks.get(c.key), troubles.get(c.key, "")) for c in clips}


def why_unheard(clip: Clip, track: HeardTrack | None, trouble: str) -> str:
    """Return why a clip's sound could not place it, empty where the sound itself is good."""
    checks = (
        (bool(trouble), trouble),
        (not clip.has_sound, "no sound"),
        (track is None, "its sound could not be read"),
    )
    for holds, words in checks:
        if holds:
            return words
    assert track is not None
    return _poor_sound(clip, track)


def _poor_sound(clip: Clip, track: HeardTrack) -> str:
    if not track.mix.streams:
        return (
            "only tone or timecode on its sound channels"
            if track.mix.steady
            else "its sound channels are silent"
        )
    if float(clip.duration) < LEAST_S:
        return f"too short to compare ({float(clip.duration):.1f} s)"
    if track.sounding < LEAST_S:
        return "its sound is silent nearly all through"
    if track.mix.clipped > _CLIPPED:
        return f"its sound is clipped {track.mix.clipped:.0%} of the time"
    if track.swing_db < _STEADY_DB:
        return "only steady noise is heard on it"
    return ""
