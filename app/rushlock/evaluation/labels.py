"""What a device writes into a file beside sound and picture: timecode, creation time, reel, names."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode

DAY = 86400
_PLAIN_RATE = FrameRate(Fraction(25))


@dataclass(frozen=True)
class Labels:
    """Labels of one file.

    Attributes:
        clip: The clip's name.
        reel: Reel or tape.
        timecode: Of the first frame, counted at the camera's rate; None: none written.
        day_seconds: What the device's clock showed at the first sample, exact seconds after midnight; None:
            not written.
        created: Creation time by the device's clock.
        model: Of the device.
        scene, take: As a recorder is told.
        channel_names: Of the sound's channels.
    """

    clip: str
    reel: str = ""
    timecode: Timecode | None = None
    day_seconds: float | None = None
    created: datetime | None = None
    model: str = "Rushlock generator"
    scene: str = ""
    take: str = ""
    channel_names: tuple[str, ...] = ()

    @property
    def timecode_rate(self) -> FrameRate:
        """Rate of the timecode, 25 where there is none."""
        return self.timecode.rate if self.timecode else _PLAIN_RATE

    def start_samples(self, sample_rate: int) -> int | None:
        """Return samples since midnight at the first sample, as ``bext`` wants them."""
        return None if self.day_seconds is None else round(self.day_seconds % DAY * sample_rate)

    def channel_name(self, index: int) -> str:
        """Return a channel's name, "" where unknown."""
        return self.channel_names[index] if index < len(self.channel_names) else ""


def timecode_at(seconds: float, rate: FrameRate, drop: bool) -> Timecode:
    """Return the label of the frame nearest to a running time after midnight, within one day."""
    return Timecode(rate.frame_at(seconds), rate, drop).wrapped()
