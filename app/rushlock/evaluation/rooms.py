"""What lies between a source and a microphone: distance, walls and the room's decay.

The direct sound comes after distance / 343 m/s at an exact fraction of a sample and falls with distance; six
first-order reflections come from image sources (Allen and Berkley 1979); the late field is noise that decays
by 60 dB in RT60 and is equally loud everywhere, by the critical distance 0.057 sqrt(Q V / RT60). So the ratio
of direct to reverberant sound falls with distance, as it does in rooms. ``rt60 = 0`` is the open air: ground
reflection only.
"""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from rushlock.evaluation.scene.blocks import SAMPLE_RATE, Sound, generator

SPEED_OF_SOUND = 343.0
RESPONSE_LENGTH = 64000
_SINC_HALF = 24
_NEAREST = 0.2
_MIXING_TIME = 0.012
_DIRECTIVITY = 2.5  # mouths and loudspeakers face the cameras, whose microphones are cardioids at least

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Room:
    """A shoebox room, one corner at the origin, or the open air. Lengths in metres, ``rt60`` in seconds."""

    size: Point
    rt60: float

    @property
    def reflection(self) -> float:
        """Pressure reflection factor of the walls, by Sabine's formula."""
        x, y, z = self.size
        surface = 2 * (x * y + y * z + z * x)
        absorption = 0.161 * x * y * z / (surface * max(self.rt60, 0.05))
        return float(np.sqrt(1 - min(absorption, 0.95)))

    @property
    def late_energy(self) -> float:
        """Energy of the late field of a source whose direct sound has energy 1 at one metre."""
        x, y, z = self.size
        return self.rt60 / (_DIRECTIVITY * 0.057**2 * x * y * z) if self.rt60 else 0.0

    def images(self, source: Point) -> list[tuple[Point, float]]:
        """Return the first-order image sources with their reflection factors."""
        x, y, z = source
        ground = ((x, y, -z), 0.5 if not self.rt60 else self.reflection)
        if not self.rt60:
            return [ground]
        a, b, c = self.size
        walls = [(-x, y, z), (2 * a - x, y, z), (x, -y, z), (x, 2 * b - y, z), (x, y, 2 * c - z)]
        return [ground, *((wall, self.reflection) for wall in walls)]


def distance(a: Point, b: Point) -> float:
    """Return the distance of two points in metres, never below 0.2."""
    return max(float(np.linalg.norm(np.subtract(a, b))), _NEAREST)


def travel_time(source: Point, microphone: Point) -> float:
    """Return the seconds that sound takes on the straight way."""
    return distance(source, microphone) / SPEED_OF_SOUND


def impulse_response(room: Room, source: Point, microphone: Point, seed: int) -> Sound:
    """Return the way's impulse response on the 48 kHz grid, sample 0 = the moment of emission."""
    response = np.zeros(RESPONSE_LENGTH)
    _add_arrival(response, travel_time(source, microphone), 1 / distance(source, microphone))
    for image, factor in room.images(source):
        _add_arrival(response, travel_time(image, microphone), factor / distance(image, microphone))
    if room.rt60:
        _add_late_field(response, room, travel_time(source, microphone), generator(seed, "late field"))
    return response.astype(np.float32)


def _add_arrival(response: np.ndarray, seconds: float, gain: float) -> None:
    """Add a band-limited impulse at an exact time."""
    position = seconds * SAMPLE_RATE
    near = np.arange(max(0, int(position) - _SINC_HALF), min(len(response), int(position) + _SINC_HALF + 2))
    away = near - position
    window = np.cos(np.pi * away / (2 * (_SINC_HALF + 2))) ** 2
    response[near] += gain * np.sinc(away) * window


def _add_late_field(response: np.ndarray, room: Room, begins: float, random: np.random.Generator) -> None:
    """Add the decaying noise tail from a little after the direct sound on, its highs damped by the air."""
    first = round((begins + _MIXING_TIME) * SAMPLE_RATE)
    time = np.arange(len(response) - first) / SAMPLE_RATE
    tail = random.standard_normal(len(time)) * 10 ** (-3 * time / room.rt60)
    tail = signal.lfilter([0.5], [1, -0.5], tail)
    tail *= np.minimum(1.0, time / _MIXING_TIME)
    response[first:] += tail * np.sqrt(room.late_energy / np.sum(tail**2))
