"""What is to be shot, as data: events with their sources, cameras with their faults, clips with their truth.

Everything random was drawn when the plan was made (see ``scenarios``), so a plan says exactly what will be
rendered. The *true clock* counts seconds and is shared by all events; events happen in different places.
``day_start`` is the time of day of true time 0.
"""

from dataclasses import dataclass
from enum import StrEnum

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.evaluation.clocks import clip_clock
from rushlock.evaluation.rooms import Point, Room


@dataclass(frozen=True)
class SourcePlan:
    """One source of sound.

    Attributes:
        kind: Name in ``scene.catalogue``.
        seed: What it says or plays.
        position: Metres, in its event's room.
        level_db: Level at one metre against RMS 1.
        ambient: Background, high up so that no microphone stands in it: not counted as signal where a
            signal-to-noise ratio is stated, nor as the place of the action.
        number: Which talker of the conversation ``seed``; how many songs.
        spans: True seconds during which it is heard; empty: always.
        songs: For "setlist": (true second, song seed, song length in seconds).
    """

    kind: str
    seed: int
    position: Point
    level_db: float = 0.0
    ambient: bool = False
    number: int = 0
    spans: tuple[tuple[float, float], ...] = ()
    songs: tuple[tuple[float, int, float], ...] = ()


@dataclass(frozen=True)
class EventPlan:
    """A place where something sounds and moves."""

    name: str
    room: Room
    sources: tuple[SourcePlan, ...]


class Channel(StrEnum):
    """What one channel of a file carries."""

    MICROPHONE = "mic"
    DEAD = "dead"
    TONE = "tone"
    TIMECODE = "ltc"


@dataclass(frozen=True)
class MicrophonePlan:
    """A microphone and the electronics behind it.

    Attributes:
        position: Metres, in the event's room.
        snr_db: Wanted sound against the microphone's own noise.
        noise_slope: 0 white, 1 pink (wind, handling).
        band: Lower and upper edge in Hz.
        level_db: Nominal level in dBFS; above about -12 loud moments clip.
        agc: Whether an automatic gain rides the level.
        inverted: Whether polarity is flipped.
        dropouts: Wireless losses per minute.
        hum_db: Mains hum against the wanted sound; None: no hum.
        mains: Hz.
    """

    position: Point
    snr_db: float = 30.0
    noise_slope: float = 0.0
    band: tuple[float, float] = (40.0, 18000.0)
    level_db: float = -26.0
    agc: bool = False
    inverted: bool = False
    dropouts: float = 0.0
    hum_db: float | None = None
    mains: float = 50.0


@dataclass(frozen=True)
class PicturePlan:
    """A camera's picture: small, of the event's moving scene, from where the camera stands."""

    rate: FrameRate
    width: int = 160
    height: int = 90
    drop: bool = False
    variable: bool = False


@dataclass(frozen=True)
class CameraPlan:
    """One recording device.

    Attributes:
        name: Its folder.
        microphone: What hears; also where the camera stands.
        ppm: Drift of its clock against the true clock.
        suffix: How its files are written: a key of ``writers.FORMATS`` such as ".wav", ".m4a", ".mp4".
        sample_rate: Samples per second.
        channels: What each channel carries; empty: no sound stream at all.
        picture: None for sound alone.
        timecode_error: Seconds that its timecode is ahead; None: writes no timecode.
        creation_error: Seconds that its creation times are ahead.
        model: Written into the metadata where the container has a place for it.
    """

    name: str
    microphone: MicrophonePlan
    ppm: float = 0.0
    suffix: str = ".wav"
    sample_rate: int = 48000
    channels: tuple[Channel, ...] = (Channel.MICROPHONE,)
    picture: PicturePlan | None = None
    timecode_error: float | None = None
    creation_error: float = 0.0
    model: str = ""


@dataclass(frozen=True)
class ClipPlan:
    """One recording.

    Attributes:
        camera: Name of its camera.
        name: File name without suffix.
        event: Where the camera was.
        start: True time of the first sample and frame, seconds.
        seconds: Length by the camera's clock.
        steps: (clip time, jump): lost samples, see ``clocks.clip_clock``.
        silent: The microphone was off: digital silence with a breath of noise.
        position: Where the camera stood, if not at its usual place.
    """

    camera: str
    name: str
    event: str
    start: float
    seconds: float
    steps: tuple[tuple[float, float], ...] = ()
    silent: bool = False
    position: Point | None = None


@dataclass(frozen=True)
class ShootPlan:
    """A whole shoot."""

    name: str
    seed: int
    events: tuple[EventPlan, ...]
    cameras: tuple[CameraPlan, ...]
    clips: tuple[ClipPlan, ...]
    day_start: float = 36000.0

    def camera(self, name: str) -> CameraPlan:
        """Return a camera by name."""
        return next(camera for camera in self.cameras if camera.name == name)

    def event(self, name: str) -> EventPlan:
        """Return an event by name."""
        return next(event for event in self.events if event.name == name)

    def clock(self, clip: ClipPlan) -> Clock:
        """Return a clip's clock on the true clock."""
        return clip_clock(clip.start, self.camera(clip.camera).ppm, clip.steps)

    def microphone_place(self, clip: ClipPlan) -> Point:
        """Return where a clip's microphone stands."""
        return clip.position or self.camera(clip.camera).microphone.position

    def relative_path(self, clip: ClipPlan) -> str:
        """Return a clip's path below the shoot's folder, with forward slashes."""
        return f"{clip.camera}/{clip.name}{self.camera(clip.camera).suffix}"

    @property
    def seconds(self) -> float:
        """All clips' length together."""
        return sum(clip.seconds for clip in self.clips)
