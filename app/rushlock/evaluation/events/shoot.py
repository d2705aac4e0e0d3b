"""A hard shoot in files: what happens on a few takes, where sound alone does not place every camera.

In every take four devices run, each for its own stretch of it, none with timecode or a clock to be trusted:

- ``SOUND``: a recorder, sound only (``.wav``);
- ``CAM_A``: picture and sound, a few metres away (``.mov``);
- ``CAM_B``: picture only, at another rate (``.mp4``): against the recorder there is nothing to hear;
- ``CAM_C``: picture and a microphone that hears next to nothing but its own noise (``.mp4``).

In the last take ``CAM_B`` films the same people doing something else at another time: it belongs nowhere.
``late_shoot`` is another one, in which every camera hears and some write their sound too late or too early.

The truth says of each clip where it lies, and whether it can be placed at all, be it by ear or by eye
(``overlaps``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.rate import FrameRate
from rushlock.evaluation.events.listening import Ear, draw_ear
from rushlock.evaluation.events.painting import Light, draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.events.views import View
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.truth import ClipTruth, Truth, write_truth
from rushlock.evaluation.writers import MediaWriter, PictureFormat, open_writer

HEIGHT, WIDTH = 96, 128
SAMPLE_RATE = 16000
TAKE_SECONDS = 40.0

LEAST_CLIP = 22.0
_MARGIN = 1.0
_FIRST_SCENE = (1 << 31) + (3 << 24)
_DEAF_DB = -30.0
_CHUNK = 50


@dataclass(frozen=True)
class _Device:
    name: str
    suffix: str
    rate: FrameRate | None
    hears: bool
    deaf: bool = False
    late: float = 0.0


_DEVICES = (
    _Device("SOUND", ".wav", None, True),
    _Device("CAM_A", ".mov", FrameRate.parse("25"), True),
    _Device("CAM_B", ".mp4", FrameRate.parse("30"), False),
    _Device("CAM_C", ".mp4", FrameRate.parse("25"), True, deaf=True),
)


@dataclass(frozen=True)
class _Clip:
    """A clip to be: who takes it, of what, and when."""

    device: _Device
    name: str
    scene: EventScene
    event: str
    start: float
    seconds: float
    astray: bool
    view: View
    light: Light
    ear: Ear

    @property
    def path(self) -> str:
        """Below the shoot's folder."""
        return f"{self.device.name}/{self.name}{self.device.suffix}"


def hard_shoot(seed: int, folder: Path, token: CancelToken, takes: int = 3) -> Stage[Truth]:
    """Write a shoot below a folder, a folder for each device, ``truth.json`` beside.

    Args:
        seed: Draws everything. Its scenes are none that networks are trained, weighed or measured on.
        folder: Made if need be.
        token: Checked for every two seconds of picture.
        takes: How many.
    """
    clips = [clip for take in range(takes) for clip in _take(seed, take, _DEVICES, astray=take == takes - 1)]
    return (yield from _shot(f"events_{seed}", seed, clips, folder, token))


def late_shoot(
    seed: int, folder: Path, late: Mapping[str, float], token: CancelToken, takes: int = 1
) -> Stage[Truth]:
    """Write a shoot of a recorder and cameras with microphones, some of whose sound comes late.

    Args:
        seed: Draws everything else.
        folder: Made if need be.
        late: Camera to seconds by which it writes its sound after its picture; negative: before; 1 s at most.
        token: Checked for every two seconds of picture.
        takes: How many.
    """
    rates = (FrameRate.parse("25"), FrameRate.parse("30"))
    cameras = [
        _Device(name, ".mov", rates[n % 2], True, late=by) for n, (name, by) in enumerate(late.items())
    ]
    devices = (_DEVICES[0], *cameras)
    clips = [clip for take in range(takes) for clip in _take(seed, take, devices, astray=False)]
    return (yield from _shot(f"late_{seed}", seed, clips, folder, token))


def _shot(name: str, seed: int, clips: Sequence[_Clip], folder: Path, token: CancelToken) -> Stage[Truth]:
    for done, clip in enumerate(clips):
        yield Progress("Shooting", done, len(clips), clip.path)
        _write(clip, folder / clip.path, token)
    truth = Truth(name, seed, 0.0, {clip.path: _truth(clip, clips) for clip in clips})
    write_truth(truth, folder)
    return truth


def _take(seed: int, take: int, devices: Sequence[_Device], astray: bool) -> list[_Clip]:
    random = np.random.default_rng((seed, 8, take))
    scene, other = (
        EventScene(_FIRST_SCENE + 100 * seed + take, TAKE_SECONDS, telling=telling) for telling in (0, 1)
    )
    clips = []
    for device in devices:
        lost = astray and device.name == "CAM_B"
        seconds = round(float(random.uniform(LEAST_CLIP, TAKE_SECONDS - 4 * _MARGIN)), 2)
        start = float(random.uniform(_MARGIN, TAKE_SECONDS - _MARGIN - seconds))
        ear = draw_ear(random, 4.0)
        clips.append(
            _Clip(
                device=device,
                name=f"{device.name}_{take + 1:03}",
                scene=other if lost else scene,
                event=f"take {take + 1}, astray" if lost else f"take {take + 1}",
                start=start + 10 * take * TAKE_SECONDS,
                seconds=seconds,
                astray=lost,
                view=scene.view(random),
                light=draw_light(random),
                ear=replace(ear, snr_db=_DEAF_DB if device.deaf else max(ear.snr_db, 12.0)),
            )
        )
    return clips


def _write(clip: _Clip, path: Path, token: CancelToken) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    channels, total = (1, round(clip.seconds * SAMPLE_RATE)) if clip.device.hears else (0, 0)
    rate = clip.device.rate
    shape = PictureFormat(WIDTH, HEIGHT, rate, rate.fps.numerator) if rate else None
    writer = open_writer(path, SAMPLE_RATE, channels, total, Labels(clip.name, clip.device.name), shape)
    try:
        if channels:
            first = round((_scene_time(clip) - clip.device.late) * SAMPLE_RATE)
            heard = clip.scene.sound(clip.ear, SAMPLE_RATE)[first : first + total]
            writer.write(heard[:, None])
        if rate is not None and isinstance(writer, MediaWriter):
            _film(clip, rate, writer, token)
    except BaseException:
        writer.abandon()
        raise
    writer.close()


def _film(clip: _Clip, rate: FrameRate, writer: MediaWriter, token: CancelToken) -> None:
    count = int(Fraction(clip.seconds) * rate.fps)
    for first in range(0, count, _CHUNK):
        token.check()
        shown = [n / rate.fps for n in range(first, min(first + _CHUNK, count))]
        times = _scene_time(clip) + np.array([float(at) for at in shown])
        pictures = clip.scene.pictures(clip.view, clip.light, times, HEIGHT, WIDTH)
        for picture, at in zip(pictures, shown, strict=True):
            writer.write_frame(picture, at)


def _scene_time(clip: _Clip) -> float:
    return clip.start % (10 * TAKE_SECONDS)


def _truth(clip: _Clip, clips: Sequence[_Clip]) -> ClipTruth:
    shared = max(_overlap(clip, other) for other in clips if other is not clip)
    deaf = not clip.device.hears or clip.ear.snr_db <= _DEAF_DB
    return ClipTruth(
        camera=clip.device.name,
        event=clip.event,
        start=clip.start,
        pieces=((0.0, clip.start, 1.0),),
        seconds=clip.seconds,
        rate=1.0,
        travel=0.0 if deaf else clip.ear.travel,
        silent=deaf,
        overlaps=shared > 0,
        overlap=shared,
        timecode_error=None,
        frame_rate=str(clip.device.rate.fps) if clip.device.rate else None,
        difficulty={"snr_db": clip.ear.snr_db},
    )


def _overlap(one: _Clip, other: _Clip) -> float:
    """Return the seconds that both clips share, 0 where they are of different scenes."""
    if one.event != other.event:
        return 0.0
    return max(0.0, min(one.start + one.seconds, other.start + other.seconds) - max(one.start, other.start))
