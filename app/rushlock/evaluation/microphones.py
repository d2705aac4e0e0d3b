"""What a microphone and its electronics do to sound: level, noise, hum, gain control, losses, clipping."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from rushlock.evaluation.plan import Channel, MicrophonePlan
from rushlock.evaluation.scene.blocks import Sound, generator, seed_for
from rushlock.evaluation.scene.ltc import LinearTimecode
from rushlock.evaluation.scene.noises import hum_wave

# Pink noise from white: three poles and zeros, within 0.5 dB of 1/f over nine octaves (J. O. Smith, Spectral
# Audio Signal Processing, "Synthesis of 1/F Noise").
_PINK = (
    np.array([0.049922035, -0.095993537, 0.050612699, -0.004408786]),
    np.array([1, -2.494956002, 2.017265875, -0.5221894]),
)
_PINK_GAIN = float(np.sqrt(np.sum(signal.lfilter(*_PINK, np.eye(1, 1 << 16)[0]) ** 2)))
_SILENCE_LEVEL = 10 ** (-84 / 20)
_AGC_WINDOW = 0.05
_AGC_SPEED = 0.06
_AGC_RANGE = (0.25, 8.0)


class _OwnNoise:
    """Endless noise of RMS 1."""

    def __init__(self, random: np.random.Generator, slope: float) -> None:
        self._random, self._pink = random, slope >= 0.5
        self._memory = np.zeros(3)

    def next(self, count: int) -> NDArray[np.float64]:
        white = self._random.standard_normal(count, np.float32).astype(np.float64)
        if not self._pink:
            return white
        pink, self._memory = signal.lfilter(*_PINK, white, zi=self._memory)
        return np.asarray(pink / _PINK_GAIN)


class _GainControl:
    """Automatic gain: pulls the level towards a target, quickly down, slowly up."""

    def __init__(self, target: float, sample_rate: int) -> None:
        self._target, self._window = target, int(_AGC_WINDOW * sample_rate)
        self._gain = 1.0

    def ride(self, sound: NDArray[np.float64]) -> NDArray[np.float64]:
        knots, gains = [0], [self._gain]
        for begin in range(0, len(sound), self._window):
            part = sound[begin : begin + self._window]
            level = float(np.sqrt(np.mean(part**2))) + 1e-9
            wanted = min(max(self._target / level, _AGC_RANGE[0]), _AGC_RANGE[1])
            speed = _AGC_SPEED * (8 if wanted < self._gain else 1)
            self._gain += (wanted - self._gain) * min(speed, 1.0)
            knots.append(begin + len(part))
            gains.append(self._gain)
        return np.asarray(sound * np.interp(np.arange(len(sound)), knots, gains))


class Microphone:
    """One clip's microphone: takes what arrives at the capsule, gives what is written to each channel."""

    def __init__(
        self, plan: MicrophonePlan, signal_power: float, sample_rate: int, seconds: float, seed: int
    ) -> None:
        """Set up for one clip.

        Args:
            plan: The microphone.
            signal_power: Mean square of the wanted sound at the capsule.
            sample_rate: Of the recorder.
            seconds: Length of the clip.
            seed: For its noise and losses.
        """
        self._plan, self._sample_rate = plan, sample_rate
        self._level = 10 ** (plan.level_db / 20)
        self._gain = (-1 if plan.inverted else 1) * self._level / np.sqrt(signal_power)
        self._noise_level = self._level * 10 ** (-plan.snr_db / 20)
        self._noise = _OwnNoise(generator(seed, "noise"), plan.noise_slope)
        self._agc = _GainControl(self._level, sample_rate) if plan.agc else None
        self._losses = _losses(generator(seed, "losses"), plan.dropouts, seconds)
        self._hum_seed = seed_for(seed, "hum")
        self._at = 0

    def hear(self, arrived: Sound) -> Sound:
        """Return the written sound of the next samples, within -1 to 1."""
        sound = arrived * self._gain + self._noise_level * self._noise.next(len(arrived))
        if self._plan.hum_db is not None:
            wave = hum_wave(self._hum_seed, self._plan.mains, self._at, len(arrived), self._sample_rate)
            sound += self._level * 10 ** (self._plan.hum_db / 20) * wave
        if len(self._losses):
            sound *= self._received(len(sound))
        if self._agc:
            sound = self._agc.ride(sound)
        self._at += len(arrived)
        return np.asarray(np.clip(sound, -1.0, 1.0), np.float32)

    def _received(self, count: int) -> NDArray[np.float64]:
        """Return 0 where the radio link is lost, 1 elsewhere, with edges of 2 ms."""
        time = (self._at + np.arange(count)) / self._sample_rate
        return np.asarray(np.interp(time, *self._losses))


def _losses(
    random: np.random.Generator, per_minute: float, seconds: float
) -> tuple[Sound, Sound] | tuple[()]:
    """Return knots and heights of the radio link's gate; empty where it never fails."""
    number = random.poisson(per_minute * seconds / 60)
    if not number:
        return ()
    begins = np.sort(random.uniform(0, seconds, number))
    ends = np.minimum(begins + random.uniform(0.02, 0.5, number), np.append(begins[1:], seconds) - 0.005)
    real = ends > begins + 0.005
    knots = np.stack([begins, begins + 0.002, ends - 0.002, ends], axis=1)[real].ravel()
    return knots, np.tile([1.0, 0.0, 0.0, 1.0], int(real.sum()))


class SilentMicrophone:
    """A microphone that is off: dithered silence."""

    def __init__(self, seed: int) -> None:
        self._random = generator(seed, "noise")

    def hear(self, arrived: Sound) -> Sound:
        """Return the written sound of the next samples."""
        return np.asarray(self._random.standard_normal(len(arrived), np.float32) * _SILENCE_LEVEL, np.float32)


class Channels:
    """Lays what the microphone gives, a tone, timecode or nothing onto the channels of a file."""

    def __init__(self, kinds: tuple[Channel, ...], sample_rate: int, timecode: LinearTimecode) -> None:
        self._kinds, self._sample_rate, self._timecode = kinds, sample_rate, timecode
        self._at = 0

    def lay(self, heard: Sound) -> Sound:
        """Return samples x channels."""
        out = np.zeros((len(heard), len(self._kinds)), np.float32)
        for column, kind in enumerate(self._kinds):
            if kind is Channel.MICROPHONE:
                out[:, column] = heard
            elif kind is Channel.TONE:
                turn = 2 * np.pi * 1000.0 / self._sample_rate * (self._at + np.arange(len(heard)))
                out[:, column] = 0.125 * np.sin(turn)
            elif kind is Channel.TIMECODE:
                out[:, column] = self._timecode.sound(self._at, len(heard))
        self._at += len(heard)
        return out
