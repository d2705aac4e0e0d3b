"""Rows as xmeml tracks: where each event's items stand is settled first, because they name each other.

A row becomes one video track, if anything of it is seen, and one audio track per channel, if anything is
heard. The items of one event are linked, and nothing else is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rushlock.export.policy import ChannelNames
from rushlock.timeline.channels import Channel, channels_of
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout, Row

VIDEO, AUDIO = "video", "audio"


@dataclass(frozen=True, slots=True)
class Item:
    """One clip item: an event's picture, or one channel of its sound.

    Attributes:
        number: Unique in the document.
        event: What it shows or plays.
        kind: "video" or "audio".
        track: Of its kind, from 1.
        place: On its track, from 1.
        channel: What it plays; None for a picture.
        marked: Whether it carries the event's markers.
    """

    number: int
    event: Event
    kind: str
    track: int
    place: int
    channel: Channel | None
    marked: bool

    @property
    def name(self) -> str:
        """The item's identifier."""
        return f"clipitem-{self.number}"


@dataclass(frozen=True, slots=True)
class Track:
    """One track.

    Attributes:
        name: What it is called.
        kind: "video" or "audio".
        items: In order.
        half: Which half of a stereo pair it is, 0 for the left; None where it is mono.
        camera: Whose clips they are.
        synced: False for clips without a place.
    """

    name: str
    kind: str
    items: tuple[Item, ...]
    half: int | None = None
    camera: str = ""
    synced: bool = True


@dataclass(frozen=True, slots=True)
class Tracks:
    """All tracks of a sequence, and which items belong together."""

    video: tuple[Track, ...]
    audio: tuple[Track, ...]
    linked: dict[int, tuple[Item, ...]]


def tracks_of(plan: Layout, names: ChannelNames, numbers: Iterator[int]) -> Tracks:
    """Return a layout's tracks; ``numbers`` are given to items and go on from sequence to sequence."""
    video: list[Track] = []
    audio: list[Track] = []
    together: dict[tuple[int, int], list[Item]] = {}
    for index, row in enumerate(plan.rows):
        tracks = []
        if any(event.source.picture for event in row.events):
            tracks.append(_video_track(row, len(video) + 1, numbers))
            video += tracks
        sound = list(_audio_tracks(row, len(audio) + 1, names, numbers))
        audio += sound
        for track in (*tracks, *sound):
            for item in track.items:
                together.setdefault((index, item.event.record), []).append(item)
    linked = {item.number: tuple(items) for items in together.values() for item in items}
    return Tracks(tuple(video), tuple(audio), linked)


def _video_track(row: Row, track: int, numbers: Iterator[int]) -> Track:
    shown = [event for event in row.events if event.source.picture]
    items = [
        Item(next(numbers), event, VIDEO, track, place, None, marked=True)
        for place, event in enumerate(shown, start=1)
    ]
    return Track(row.name, VIDEO, tuple(items), None, row.camera, row.synced)


def _audio_tracks(row: Row, first: int, names: ChannelNames, numbers: Iterator[int]) -> Iterator[Track]:
    heard = [(event, channels_of(event.file)) for event in row.events if event.source.sound]
    for index in range(max((len(channels) for _, channels in heard), default=0)):
        playing = [(event, channels[index]) for event, channels in heard if len(channels) > index]
        items = [
            Item(
                next(numbers),
                event,
                AUDIO,
                first + index,
                place,
                channel,
                marked=index == 0 and not event.source.picture,
            )
            for place, (event, channel) in enumerate(playing, start=1)
        ]
        channel = playing[0][1]
        recorder = not any(event.source.picture for event, _ in playing)
        named = recorder and names is ChannelNames.IXML
        pairs = all(each.pair for _, each in playing)
        name, half = channel.called(row.name, named=named), channel.within if pairs else None
        yield Track(name, AUDIO, tuple(items), half, row.camera, row.synced)
