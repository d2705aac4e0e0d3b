"""Shoots by name. Each is a function of a seed (some of more), and draws a plan; rendering comes later."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from rushlock.base.rate import parse_rate
from rushlock.evaluation.casting import (
    StartStop,
    draw_camera,
    draw_drift,
    draw_event,
    draw_microphone,
    draw_seed,
    elsewhere,
    pick_one,
    start_stop,
    talkers,
)
from rushlock.evaluation.plan import (
    CameraPlan,
    Channel,
    ClipPlan,
    EventPlan,
    MicrophonePlan,
    PicturePlan,
    ShootPlan,
    SourcePlan,
)
from rushlock.evaluation.rooms import Room
from rushlock.evaluation.scene.blocks import generator

_HALL = Room((30.0, 22.0, 8.0), 1.1)
_STUDIO = Room((12.0, 9.0, 3.5), 0.6)
_ONE_HOUR_12_FRAMES = 3600 + 12 / 25
_REELS = {"CAM_A": "A", "CAM_B": "B", "CAM_C": "C", "CAM_D": "D", "SOUND": "S"}
_PAIR = (Channel.MICROPHONE, Channel.MICROPHONE)


def small(seed: int, hardness: float | None = None) -> ShootPlan:
    """Return a small shoot: 3 to 5 cameras, clips of 8 to 40 s, drift, clips from elsewhere, sound alone.

    Args:
        seed: Draws everything.
        hardness: 0 (near, clean) to 1 (far, noisy, faulty); None: drawn.
    """
    random = generator(seed, "small")
    hard = float(random.random()) if hardness is None else hardness
    here, there = draw_event(random, "here"), draw_event(random, "there")
    letters = "ABCDE"[: int(random.integers(3, 6))]
    cameras = [draw_camera(random, f"CAM_{letter}", here.room, hard) for letter in letters]
    habit = StartStop(float(random.uniform(50, 100)), (8, 40), (1.5, 14))
    clips = [clip for camera in cameras for clip in start_stop(random, camera.name, "here", habit)]
    if random.random() < 0.5:
        clips += _later_elsewhere(random, clips, "there", int(random.integers(1, 3)))
    else:
        cameras.append(draw_camera(random, "CAM_X", there.room, hard))
        clips += start_stop(random, "CAM_X", "there", replace(habit, until=60.0))[:2]
    return ShootPlan(f"small_{seed}", seed, (here, there), tuple(cameras), tuple(clips))


def day(seed: int, pictures: bool = False) -> ShootPlan:
    """Return a piece of a shooting day: 8 cameras that start and stop for 12 minutes, one silent.

    One camera's timecode is 1 h and 12 frames ahead, the others are within two frames; four clips are of
    another event. Clocks drift up to 50 ppm.

    Args:
        seed: Draws everything.
        pictures: Whether cameras have pictures, at mixed rates; much slower to render.
    """
    random = generator(seed, "day")
    here = _talk_show(random, "here", _STUDIO)
    there = draw_event(random, "there")
    rates = ("25", "23.976", "29.97DF", "50", "25", "59.94DF", "29.97", "25")
    cameras = [
        _day_camera(random, f"CAM_{letter}", here.room, rate if pictures else "")
        for letter, rate in zip("ABCDEFGH", rates, strict=True)
    ]
    cameras[2] = replace(cameras[2], timecode_error=_ONE_HOUR_12_FRAMES)
    habit = StartStop(720.0, (25, 150), (4, 60))
    clips = [clip for camera in cameras for clip in start_stop(random, camera.name, "here", habit)]
    clips = [replace(clip, silent=True) if clip.camera == "CAM_H" else clip for clip in clips]
    clips += _later_elsewhere(random, [c for c in clips if c.camera != "CAM_H"], "there", 4)
    return ShootPlan(f"day_{seed}", seed, (here, there), tuple(cameras), tuple(clips))


def concert(seed: int) -> ShootPlan:
    """Return a concert: three songs, two played again sample for sample, 6 cameras and a long recorder."""
    random = generator(seed, "concert")
    songs = [(draw_seed(random), float(length)) for length in random.uniform(75, 110, 3)]
    played, applause, at = [], [], 8.0
    for number in (0, 1, 0, 2, 1):
        song_seed, length = songs[number]
        played.append((at, song_seed, length))
        applause.append((at + length + 0.5, at + length + float(random.uniform(6, 12))))
        at += length + 16.0
    middle = (_HALL.size[0] / 2, 3.0, 1.5)
    stage = talkers(random, middle, 1.0)
    quiet_between = tuple((end, end + 4.0) for _, end in applause)
    sources = (
        SourcePlan("setlist", 0, (middle[0], middle[1], 3.0), 8.0, songs=tuple(played)),
        *(replace(talker, spans=quiet_between) for talker in stage),
        SourcePlan("applause", draw_seed(random), (15.0, 12.0, 7.0), 6.0, True, spans=tuple(applause)),
        SourcePlan("crowd", draw_seed(random), (15.0, 18.0, 7.0), -2.0, ambient=True),
    )
    hall = EventPlan("concert", _HALL, sources)
    cameras = [draw_camera(random, f"CAM_{letter}", _HALL, 0.4) for letter in "ABCDEF"]
    recorder = _recorder("SOUND", (15.0, 4.5, 2.0), draw_drift(random))
    habit = StartStop(at, (20, 100), (10, 60))
    clips = [clip for camera in cameras for clip in start_stop(random, camera.name, "concert", habit)]
    clips.append(ClipPlan("SOUND", "SOUND_001", "concert", 1.0, round(at, 3)))
    return ShootPlan(f"concert_{seed}", seed, (hall,), (*cameras, recorder), tuple(clips))


def noise(seed: int) -> ShootPlan:
    """Return a shoot where all six microphones stand far off, with own noise as loud as the sound."""
    random = generator(seed, "noise")
    here = replace(_talk_show(random, "here", pick_one(random, (_HALL, Room((80.0, 80.0, 20.0), 0.0)))))
    cameras = []
    for letter in "ABCDEF":
        far = draw_microphone(random, here.room, 0.0, nearest=6.0)
        microphone = replace(far, snr_db=0.0, noise_slope=float(random.random() < 0.5), level_db=-24.0)
        cameras.append(replace(draw_camera(random, f"CAM_{letter}", here.room, 0.0), microphone=microphone))
    habit = StartStop(200.0, (20, 70), (3, 25))
    clips = [clip for camera in cameras for clip in start_stop(random, camera.name, "here", habit)]
    return ShootPlan(f"noise_{seed}", seed, (here,), tuple(cameras), tuple(clips))


def hour(seed: int, minutes: float = 60.0) -> ShootPlan:
    """Return two recordings of 60 minutes whose clocks differ by 40 ppm."""
    random = generator(seed, "hour")
    here = _talk_show(random, "here", _STUDIO)
    first = _recorder("CAM_A", (4.0, 3.0, 1.5), -12.0)
    second = _recorder("CAM_B", (8.5, 6.5, 1.5), 28.0)
    cameras = (replace(first, suffix=".flac"), replace(second, suffix=".m4a"))
    clips = (
        ClipPlan("CAM_A", "CAM_A_001", "here", 3.0, minutes * 60),
        ClipPlan("CAM_B", "CAM_B_001", "here", 3.0 + float(random.uniform(5, 60)), minutes * 60),
    )
    return ShootPlan(f"hour_{seed}", seed, (here,), cameras, clips)


def demo(seed: int) -> ShootPlan:
    """Return the shoot that a new user sees: 4 cameras with pictures, 1 recorder, 13 clips of 10 to 30 s.

    CAM_B's timecode is one hour ahead, one clip of CAM_C is from elsewhere, one clip of CAM_D is silent.
    """
    random = generator(seed, "demo")
    here, there = _talk_show(random, "interview", _STUDIO), draw_event(random, "street", music=0.0)
    cameras = (
        _demo_camera(random, "CAM_A", (3.5, 2.5, 1.5), "25", ".mp4", 0.0),
        _demo_camera(random, "CAM_B", (8.8, 2.8, 1.5), "29.97DF", ".mov", 3600.0),
        _demo_camera(random, "CAM_C", (9.0, 6.8, 1.5), "23.976", ".mp4", 0.04),
        _demo_camera(random, "CAM_D", (3.0, 6.5, 1.5), "50", ".mp4", None),
        replace(_recorder("SOUND", (6.0, 4.9, 1.2), 3.1), suffix=".WAV", channels=_PAIR, timecode_error=0.0),
    )
    spans = {
        "CAM_A": ((2.0, 28.0), (36.0, 22.0), (64.0, 18.0)),
        "CAM_B": ((5.5, 18.0), (27.3, 29.0), (61.2, 21.0)),
        "CAM_C": ((9.1, 25.0), (50.4, 27.0)),
        "CAM_D": ((3.7, 15.0), (24.9, 20.0), (58.8, 24.0)),
        "SOUND": ((0.5, 86.0),),
    }
    clips = [
        ClipPlan(
            name,
            f"{_REELS[name]}001C{number:03}",
            "interview",
            start + float(random.uniform(0, 0.9)),
            seconds,
        )
        for name, of_camera in spans.items()
        for number, (start, seconds) in enumerate(of_camera, 1)
    ]
    clips = [replace(clip, silent=clip.name == "D001C002") for clip in clips]
    clips.append(ClipPlan("CAM_C", "C001C003", "street", 1210.0, 14.0))
    return ShootPlan(f"demo_{seed}", seed, (here, there), cameras, tuple(clips))


def silent(seed: int, seconds: float = 30.0) -> ShootPlan:
    """Return a take of 8 cameras all round, 3 of them silent; nothing but sound and picture ties them."""
    random = generator(seed, "silent")
    here = _talk_show(random, f"take {seed}", _STUDIO)  # what moves follows from the name
    rates = ("25", "29.97", "23.976", "50", "25", "29.97", "25", "50")
    cameras, clips = [], []
    for number, rate in enumerate(rates):
        angle = 2 * np.pi * (number + float(random.uniform(0.1, 0.9))) / len(rates)
        x, y = 6.0 + 4.5 * np.cos(angle), 4.5 + 3.5 * np.sin(angle)
        name = f"CAM_{'ABCDEFGH'[number]}"
        camera = _demo_camera(random, name, (float(x), float(y), 1.5), rate, ".mp4", None)
        cameras.append(replace(camera, picture=_picture(rate)))
        length = float(random.uniform(0.6, 1.0)) * seconds
        start = 2.0 + float(random.uniform(0, seconds - 0.6 * length))
        clips.append(
            ClipPlan(name, f"{name}_001", here.name, start, round(length, 3), silent=number in (2, 5, 7))
        )
    return ShootPlan(f"silent_{seed}", seed, (here,), tuple(cameras), tuple(clips))


def growth(seed: int, clips: int = 20, seconds: float = 60.0) -> ShootPlan:
    """Return a number of clips of equal length, of ten cameras that record one after the other without end.

    Args:
        seed: Draws everything.
        clips: How many; a multiple of 10 gives every camera equally many.
        seconds: Length of each.
    """
    random = generator(seed, "growth")
    here = _talk_show(random, "here", _STUDIO)
    names = [f"CAM_{number:02}" for number in range(10)]
    cameras = [replace(_recorder(name, (6, 5, 1), 0.0), ppm=draw_drift(random)) for name in names]
    cameras = [replace(c, microphone=draw_microphone(random, here.room, 0.2)) for c in cameras]
    late = random.uniform(0, seconds, 10)
    planned = tuple(
        ClipPlan(
            names[n % 10],
            f"C{n // 10:04}",
            "here",
            float(late[n % 10]) + (n // 10) * (seconds + 4.0),
            seconds,
        )
        for n in range(clips)
    )
    return ShootPlan(f"growth_{clips}", seed, (here,), tuple(cameras), planned)


def speed(seed: int, minutes: float = 120.0) -> ShootPlan:
    """Return two hours of sound: stereo AAC in MP4 for the most part, the rest WAV, clips of ten minutes."""
    random = generator(seed, "speed")
    here = _talk_show(random, "here", _STUDIO)
    names = [f"CAM_{letter}" for letter in "ABCDEF"]
    cameras = [
        replace(
            _recorder(name, (6, 5, 1), draw_drift(random)),
            microphone=draw_microphone(random, here.room, 0.2),
            suffix=".wav" if name in ("CAM_C", "CAM_F") else ".mp4",
            channels=_PAIR,
        )
        for name in names
    ]
    seconds = minutes * 60 / 12
    clips = tuple(
        ClipPlan(
            name,
            f"{name}_{turn + 1:03}",
            "here",
            turn * (seconds + 9.0) + float(random.uniform(0, 8)),
            seconds,
        )
        for name in names
        for turn in range(2)
    )
    return ShootPlan(f"speed_{seed}", seed, (here,), tuple(cameras), clips)


def _later_elsewhere(
    random: np.random.Generator, clips: list[ClipPlan], event: str, number: int
) -> list[ClipPlan]:
    """Return clips of another event, one after the other, each of another camera: they overlap nothing."""
    end = max(clip.start + clip.seconds for clip in clips)
    owners = sorted({clip.camera for clip in clips})
    strays = []
    for owner in random.permutation(owners)[:number]:
        like = next(clip for clip in clips if clip.camera == owner)
        end += float(random.uniform(5, 60))
        strays.append(elsewhere(random, like, event, end))
        end += like.seconds
    return strays


def _talk_show(random: np.random.Generator, name: str, room: Room) -> EventPlan:
    """Return people talking in the middle of a room, with things that bang and a background."""
    middle = (room.size[0] / 2, room.size[1] / 2, 1.2)
    top = room.size[2] - 0.3
    seed = [draw_seed(random) for _ in range(5)]
    extra = (
        SourcePlan("claps", seed[0], middle, -4.0),
        SourcePlan("dishes", seed[1], (middle[0] + 0.4, middle[1], 1.0), -12.0),
        SourcePlan("footsteps", seed[2], (middle[0], middle[1] - 0.4, 0.1), -8.0),
        SourcePlan("air", seed[3], (0.3, 0.3, top), -22.0, ambient=True),
        SourcePlan("crowd", seed[4], (room.size[0] - 0.3, room.size[1] - 0.3, top), -24.0, ambient=True),
    )
    return EventPlan(name, room, (*talkers(random, middle, 0.35), *extra))


def _recorder(name: str, place: tuple[float, float, float], ppm: float) -> CameraPlan:
    """Return a sound recorder with a clean microphone."""
    return CameraPlan(name, MicrophonePlan(place, snr_db=36.0, band=(30.0, 19000.0)), ppm=ppm)


def _day_camera(random: np.random.Generator, name: str, room: Room, rate: str) -> CameraPlan:
    """Return a camera of a day: timecode within two frames, moderate sound; no rate: no pictures."""
    camera = draw_camera(random, name, room, 0.35)
    error = float(random.integers(-2, 3)) / 25
    if not rate:
        return replace(camera, suffix=".wav", timecode_error=error)
    return replace(camera, suffix=".mp4", sample_rate=48000, picture=_picture(rate), timecode_error=error)


def _demo_camera(
    random: np.random.Generator,
    name: str,
    place: tuple[float, float, float],
    rate: str,
    suffix: str,
    timecode_error: float | None,
) -> CameraPlan:
    return CameraPlan(
        name=name,
        microphone=MicrophonePlan(place, snr_db=24.0, band=(80.0, 15000.0), agc=name == "CAM_C"),
        ppm=draw_drift(random),
        suffix=suffix,
        channels=_PAIR if name == "CAM_A" else (Channel.MICROPHONE,),
        picture=_picture(rate, 320, 180),
        timecode_error=timecode_error,
    )


def _picture(rate: str, width: int = 160, height: int = 90) -> PicturePlan:
    parsed, drop = parse_rate(rate)
    return PicturePlan(parsed, width, height, drop)


SCENARIOS: Mapping[str, Callable[[int], ShootPlan]] = {
    "small": small,
    "day": day,
    "concert": concert,
    "noise": noise,
    "hour": hour,
    "demo": demo,
    "silent": silent,
    "growth": growth,
    "speed": speed,
}
"""Every shoot that can be asked for by name."""
