"""A file's channels of sound in one row, as NLEs count them: over all its streams, from 1."""

from dataclasses import dataclass

from rushlock.media.clip import MediaFile
from rushlock.timeline.printable import printable


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of sound of a file.

    Attributes:
        number: Over all streams, from 1.
        stream: Which of the file's sound streams, from 0.
        within: Channel of that stream, from 0.
        pair: Whether it is one half of a stereo stream.
        name: What the mixer called it (iXML), empty where unknown.
    """

    number: int
    stream: int
    within: int
    pair: bool
    name: str = ""

    def called(self, camera: str, *, named: bool) -> str:
        """Return what its track is called: "MIX Boom", or "MIX 3" where names are unknown or not wanted."""
        return f"{camera} {self.name if named and self.name else self.number}"


def channels_of(file: MediaFile) -> tuple[Channel, ...]:
    """Return every channel of a file."""
    channels: list[Channel] = []
    for index, sound in enumerate(file.sounds):
        names = (*sound.names, *[""] * sound.channels)
        for within in range(sound.channels):
            name = printable(names[within]).strip()
            channels.append(Channel(len(channels) + 1, index, within, sound.channels == 2, name))
    return tuple(channels)
