"""Draws the parts of a shoot at random: places, sources, faulty cameras, clips that start and stop."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from rushlock.evaluation.plan import CameraPlan, Channel, ClipPlan, EventPlan, MicrophonePlan, SourcePlan
from rushlock.evaluation.rooms import Point, Room
from rushlock.evaluation.scene.catalogue import TALKERS

T = TypeVar("T")

_ROOMS = (
    Room((4.0, 3.6, 2.6), 0.5),
    Room((7.0, 5.5, 2.7), 0.4),
    Room((12.0, 9.0, 3.5), 0.7),
    Room((30.0, 22.0, 8.0), 1.1),
    Room((80.0, 80.0, 20.0), 0.0),
)
_BACKGROUNDS = ("air", "traffic", "crowd", "water", "hum")
_FOREGROUNDS = ("claps", "knocks", "dishes", "footsteps")
_SUFFIXES = (".wav", ".m4a", ".flac", ".mp3", ".mka", ".WAV")
_SUFFIX_SHARES = (0.34, 0.27, 0.14, 0.1, 0.1, 0.05)
_LAYOUTS: tuple[tuple[Channel, ...], ...] = (
    (Channel.MICROPHONE,),
    (Channel.MICROPHONE, Channel.MICROPHONE),
    (Channel.DEAD, Channel.MICROPHONE),
    (Channel.MICROPHONE, Channel.DEAD),
    (Channel.TIMECODE, Channel.MICROPHONE),
    (Channel.MICROPHONE, Channel.TONE),
)
_LAYOUT_SHARES = (0.5, 0.22, 0.08, 0.06, 0.08, 0.06)


def pick_one(
    random: np.random.Generator, choices: tuple[T, ...], shares: tuple[float, ...] | None = None
) -> T:
    """Return one of several things."""
    return choices[int(random.choice(len(choices), p=shares))]


def draw_seed(random: np.random.Generator) -> int:
    """Return a fresh seed."""
    return int(random.integers(1 << 31))


def talkers(random: np.random.Generator, middle: Point, spread: float) -> tuple[SourcePlan, ...]:
    """Return the talkers of one conversation round a place in the room."""
    seed = draw_seed(random)
    return tuple(
        SourcePlan("talk", seed, _near(random, middle, spread), float(random.uniform(-4, 4)), number=number)
        for number in range(TALKERS)
    )


def draw_event(random: np.random.Generator, name: str, music: float = 0.2) -> EventPlan:
    """Return an event: people who talk, things that bang, a background, sometimes music from a loudspeaker.

    Args:
        random: Draws everything.
        name: Of the event.
        music: Chance of music.
    """
    room = pick_one(random, _ROOMS)
    middle = (room.size[0] / 2, room.size[1] / 2, 1.3)
    sources = list(talkers(random, middle, 0.45))
    for kind in _FOREGROUNDS:
        if random.random() < 0.35:
            sources.append(
                SourcePlan(kind, draw_seed(random), _near(random, middle, 0.6), float(random.uniform(-10, 4)))
            )
    level = float(random.uniform(-30, -8))
    corner = (0.3, 0.3, room.size[2] - 0.3)
    sources.append(SourcePlan(pick_one(random, _BACKGROUNDS), draw_seed(random), corner, level, ambient=True))
    if random.random() < music:
        level = float(random.uniform(-10, 6))
        sources.append(SourcePlan("song", draw_seed(random), _near(random, middle, 0.8), level))
    return EventPlan(name, room, tuple(sources))


def draw_microphone(
    random: np.random.Generator, room: Room, hardness: float, nearest: float = 0.8
) -> MicrophonePlan:
    """Return a microphone somewhere round the middle of a room.

    Args:
        random: Draws everything.
        room: Where it stands.
        hardness: 0: near and clean, 1: far, noisy and faulty.
        nearest: Metres from the middle.
    """
    reach = max(min(room.size[0], room.size[1]) / 2 - 0.2, nearest)
    away = min(nearest + (reach - nearest) * float(random.random()) ** (1.5 - hardness), 30.0)
    middle = (room.size[0] / 2, room.size[1] / 2, 1.5)
    snr = float(random.uniform(30 - 35 * hardness, 30))
    faulty = 0.15 + 0.5 * hardness
    return MicrophonePlan(
        position=_on_ring(random, middle, away),
        snr_db=snr,
        noise_slope=float(random.random() < 0.5),
        band=_draw_band(random, hardness),
        level_db=float(random.uniform(-34, -10 if random.random() < 0.3 * faulty else -20)),
        agc=bool(random.random() < 0.25),
        inverted=bool(random.random() < 0.15),
        dropouts=float(random.uniform(2, 20)) if random.random() < 0.2 * faulty else 0.0,
        hum_db=float(random.uniform(-30, -6)) if random.random() < 0.4 * faulty else None,
        mains=pick_one(random, (50.0, 60.0)),
    )


def draw_camera(random: np.random.Generator, name: str, room: Room, hardness: float) -> CameraPlan:
    """Return a sound-only camera; see ``draw_microphone``."""
    suffix = pick_one(random, _SUFFIXES, _SUFFIX_SHARES)
    rate = 48000 if suffix == ".mka" else pick_one(random, (48000, 44100, 32000), (0.75, 0.18, 0.07))
    return CameraPlan(
        name=name,
        microphone=draw_microphone(random, room, hardness),
        ppm=draw_drift(random),
        suffix=suffix,
        sample_rate=rate,
        channels=pick_one(random, _LAYOUTS, _LAYOUT_SHARES),
        creation_error=float(
            pick_one(random, (random.normal(0, 2), random.normal(0, 300), random.normal(0, 9000)))
        ),
    )


def draw_drift(random: np.random.Generator) -> float:
    """Return a clock error in ppm as devices have it: mostly within 15, sometimes up to 50."""
    return float(np.clip(random.normal(0, pick_one(random, (6.0, 25.0), (0.7, 0.3))), -50, 50))


@dataclass(frozen=True)
class StartStop:
    """How an operator presses the button: lengths and pauses in seconds, and the time that is covered."""

    until: float
    lengths: tuple[float, float]
    pauses: tuple[float, float]
    begin: float = 0.0


def start_stop(random: np.random.Generator, camera: str, event: str, habit: StartStop) -> list[ClipPlan]:
    """Return the clips of one camera at one event, none overlapping another."""
    clips: list[ClipPlan] = []
    at = habit.begin + float(random.uniform(0.0, habit.pauses[1]))
    while at + habit.lengths[0] < habit.until:
        seconds = min(float(random.uniform(*habit.lengths)), habit.until - at)
        clips.append(ClipPlan(camera, f"{camera}_{len(clips) + 1:03}", event, at, round(seconds, 3)))
        at += seconds + float(random.uniform(*habit.pauses))
    return clips


def elsewhere(random: np.random.Generator, clip: ClipPlan, event: str, start: float) -> ClipPlan:
    """Return a clip like another, shot at another event."""
    return replace(clip, event=event, start=start, name=f"{clip.name}_{int(random.integers(100, 999))}")


def _draw_band(random: np.random.Generator, hardness: float) -> tuple[float, float]:
    if random.random() < 0.15 + 0.25 * hardness:
        return float(random.uniform(80, 300)), float(random.uniform(3400, 9000))
    return float(random.uniform(20, 90)), float(random.uniform(12000, 19000))


def _near(random: np.random.Generator, middle: Point, spread: float) -> Point:
    x, y = random.uniform(-spread, spread, 2)
    return (middle[0] + float(x), middle[1] + float(y), middle[2])


def _on_ring(random: np.random.Generator, middle: Point, away: float) -> Point:
    turn = float(random.uniform(0, 2 * np.pi))
    return (middle[0] + away * float(np.cos(turn)), middle[1] + away * float(np.sin(turn)), middle[2])
