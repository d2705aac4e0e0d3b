"""Events as asset clips: roles, switched-off sound, markers, conformed rates."""

from dataclasses import dataclass
from fractions import Fraction

from rushlock.export.fcpxml.resources import Resources
from rushlock.export.fcpxml.times import source_frame_rate, tc_format, time
from rushlock.export.markup import Element, element
from rushlock.export.policy import ChannelNames
from rushlock.export.sequences import Sequence
from rushlock.timeline.channels import channels_of
from rushlock.timeline.events import Event
from rushlock.timeline.markers import event_notes


@dataclass(frozen=True, slots=True)
class ClipWriter:
    """Writes the events of one sequence.

    Attributes:
        sequence: Whose events.
        names: What a recorder's channels are called.
        resources: Where formats and assets are collected.
    """

    sequence: Sequence
    names: ChannelNames
    resources: Resources

    def asset_clip(self, event: Event, offset: Fraction | None, *inside: Element) -> Element:
        """Return ``asset-clip``.

        Args:
            event: What it shows or plays.
            offset: Where it begins on its parent's timeline, seconds; None in an event's list.
            inside: Clips connected to it.
        """
        rate = self.sequence.plan.rate
        return element(
            "asset-clip",
            self._conform_rate(event),
            *inside,
            *self._markers(event),
            *(_keyword("Unsynced") if event.place is None else ()),
            *self.channel_sources(event),
            ref=self.resources.asset(event),
            offset=None if offset is None else time(offset),
            name=event.file.path.stem,
            start=time(source_start(event)),
            duration=time(rate.seconds_of(event.frames)),
            format=self.resources.format_of(event),
            tcFormat=tc_format(event.source.timecode) if event.source.picture else None,
            srcEnable="video" if event.file.sounds and not event.source.sound else None,
            audioRole=audio_role(event.clip.camera) if event.source.sound else None,
        )

    def _conform_rate(self, event: Event) -> Element | None:
        if not event.source.picture or event.source.rate == self.sequence.plan.rate:
            return None
        return element("conform-rate", scaleEnabled=0, srcFrameRate=source_frame_rate(event.source.rate))

    def _markers(self, event: Event) -> list[Element]:
        one = self.sequence.plan.rate.frame_seconds
        return [
            element(
                "marker",
                start=time(source_start(event)),
                duration=time(one),
                value=note.name,
                note=note.words,
            )
            for note in event_notes(event)
        ]

    def channel_sources(self, event: Event) -> list[Element]:
        """Return ``audio-channel-source`` of channels that are named or switched off."""
        channels = channels_of(event.file)
        if not event.source.sound:
            return []
        if self.sequence.is_muted(event):
            every = ", ".join(str(channel.number) for channel in channels)
            return [
                element("audio-channel-source", srcCh=every, role=audio_role(event.clip.camera), enabled=0)
            ]
        if event.source.picture:
            return []
        named = self.names is ChannelNames.IXML
        return [
            element(
                "audio-channel-source",
                srcCh=channel.number,
                role=audio_role(
                    channel.name if named and channel.name else channel.called(event.clip.camera, named=False)
                ),
            )
            for channel in channels
        ]


def source_start(event: Event) -> Fraction:
    """Return the source timecode at which an event begins, in seconds."""
    return event.source.rate.seconds_of(event.source.start + event.first)


def audio_role(name: str) -> str:
    """Return a subrole of dialogue; a dot or comma would end its name."""
    plain = name.replace(".", " ").replace(",", " ").strip()
    return f"dialogue.{plain}" if plain else "dialogue"


def _keyword(word: str) -> tuple[Element]:
    return (element("keyword", value=word),)
