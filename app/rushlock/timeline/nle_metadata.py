"""The metadata keys under which DaVinci Resolve and Premiere Pro look in an OTIO file.

Resolve links the parts of one clip by an integer "Link Group ID", Premiere by a string "LinkID"; a
number used twice would fuse unrelated clips. Channel types are written for mono and stereo alone: what
either writes for other layouts is not documented, and a wrong name silences channels where none lets
the NLE look at the file.
"""

from typing import Any

from rushlock.base.rate import FrameRate
from rushlock.media.clip import MediaFile

RESOLVE = "Resolve_OTIO"
PREMIERE = "PremierePro_OTIO"
_CHANNEL_TYPES = {1: "Mono", 2: "Stereo"}


def timeline_keys() -> dict[str, Any]:
    """Return what both want on the timeline: the version of their keys."""
    return {RESOLVE: {"Resolve OTIO Meta Version": "1.0"}, PREMIERE: {"MetadataVersion": "1.0"}}


def stack_keys(rate: FrameRate, width: int, height: int, sample_rate: int) -> dict[str, Any]:
    """Return what Premiere sets the sequence up with."""
    return {
        PREMIERE: {
            "VideoFrameRate": float(rate.fps),
            "AudioFrameRate": float(sample_rate),
            "VideoResolution": {"width": width, "height": height},
            "PixelAspectRatio": {"numerator": 1.0, "denominator": 1.0},
        }
    }


def sound_track_keys(channels: int) -> dict[str, Any]:
    """Return what both want on a sound track whose widest clip has so many channels."""
    kind = _CHANNEL_TYPES.get(channels)
    if kind is None:
        return {}
    return {
        RESOLVE: {"Audio Type": kind},
        PREMIERE: {"AudioChannels": {"ChannelType": kind, "NumberOfChannels": channels}},
    }


def picture_keys(link: int) -> dict[str, Any]:
    """Return what links a picture to its own sound."""
    return {
        RESOLVE: {"Link Group ID": link},
        PREMIERE: {"LinkID": str(link), "OriginalChannelGroupIndex": 0, "SourceClipIndex": 0},
    }


def sound_keys(link: int, file: MediaFile) -> dict[str, Any]:
    """Return what links a clip of sound to its picture, and which of the file's channels it plays."""
    keys = picture_keys(link)
    keys[RESOLVE]["Channels"] = [
        {"Source Track ID": track, "Source Channel ID": channel}
        for track, sound in enumerate(file.sounds)
        for channel in range(sound.channels)
    ]
    kind = _CHANNEL_TYPES.get(channels_of(file))
    if kind is not None:
        keys[PREMIERE]["AudioChannels"] = {
            "ChannelType": kind,
            "SecondaryAssignments": [{"SecondaryChannelIndex": i} for i in range(channels_of(file))],
        }
    return keys


def marker_keys(note: str) -> dict[str, Any]:
    """Return the only place from which Resolve reads a marker's note."""
    return {RESOLVE: {"Note": note}}


def channels_of(file: MediaFile) -> int:
    """Return how many channels of sound a file has over all its streams."""
    return sum(sound.channels for sound in file.sounds)
