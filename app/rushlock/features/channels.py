"""Which channels of a file are worth hearing, and how they are mixed into one.

Cameras leave channels dead, carry LTC or line-up tone on one of them, or wire a stereo pair out of phase; a
recorder holds a microphone on each of many. A few short samples spread over the file tell: dead channels
and steady signals are dropped, the rest is brought to equal level, same polarity, and summed. The mix is
fixed for the whole clip: a mix that changed on the way would leave the same artefact at the same places in
every clip.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.errors import MediaError
from rushlock.media.clip import MediaFile
from rushlock.media.sound import Floats, Rows, SoundReader

SAMPLES = 8
SAMPLE_S = 1.5
DEAD_RMS = 3e-5
"""Below this (-90 dBFS) a channel carries the converter's own noise at most."""

STEADY_FORM = 0.88
"""Mean over root mean square: a sine has 0.90, LTC more, Gaussian noise 0.80, speech and music less."""

FULL_SCALE = 0.999

TONE_SHARE = 0.8
"""Share of power in the strongest spectral line above which a steady signal is a tone and not timecode."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How to hear a clip.

    Attributes:
        gains: For each sound stream of the file, one gain per channel; an empty tuple leaves the stream out.
        dead: Channels dropped because they carry nothing.
        clipped: Share of the samples driven to full scale.
        steady: Channels found to carry tone or timecode all through; timecode is never heard.
    """

    gains: tuple[tuple[float, ...], ...]
    dead: int = 0
    steady: int = 0
    clipped: float = 0.0

    @property
    def streams(self) -> tuple[int, ...]:
        """Positions of the streams that are heard."""
        return tuple(i for i, gains in enumerate(self.gains) if any(gains))

    def rows(self, position: int) -> Rows:
        """Return what to read of one stream: a single row, the mix."""
        return (tuple((c, g) for c, g in enumerate(self.gains[position]) if g),)


def choose_mix(file: MediaFile) -> Mix:
    """Sample a file and decide what to hear of it.

    Raises:
        MediaError: Its sound cannot be opened.
    """
    chosen: list[tuple[float, ...]] = []
    dead = steady = 0
    clipped = 0.0
    for stream in file.sounds:
        try:
            with SoundReader(file, stream) as reader:
                probes = _probes(reader, float(file.duration))
        except MediaError:
            probes = []
        if not probes:
            chosen.append(())
            continue
        verdicts = [_verdict([p[c] for p in probes]) for c in range(stream.channels)]
        dead += verdicts.count("dead")
        steady += verdicts.count("tone") + verdicts.count("timecode")
        samples = np.concatenate(probes, axis=1)
        chosen.append(_gains(samples, verdicts))
        clipped = max(clipped, float(np.mean(np.abs(samples) >= FULL_SCALE)))
    return Mix(tuple(chosen), dead, steady, clipped)


def _probes(reader: SoundReader, duration: float) -> list[Floats]:
    """Read short samples spread evenly over the file; short files are read wholly."""
    if duration <= SAMPLES * SAMPLE_S:
        whole = reader.read(0.0, duration)
        return [part for part in np.array_split(whole, SAMPLES, axis=1) if part.shape[1]]
    step = duration / SAMPLES
    return [reader.read((k + 0.5) * step - SAMPLE_S / 2, SAMPLE_S) for k in range(SAMPLES)]


def _verdict(parts: list[Floats]) -> str:
    """Return "live", "dead", "tone" or "timecode" for one channel's samples."""
    rms = np.array([np.sqrt(np.mean(np.square(p))) for p in parts])
    loud = rms > DEAD_RMS
    if not loud.any():
        return "dead"
    form = np.array([np.mean(np.abs(p - p.mean())) for p in parts])[loud] / rms[loud]
    if (form <= STEADY_FORM).any():
        return "live"
    return (
        "tone" if all(_is_tone(p) for p, is_loud in zip(parts, loud, strict=True) if is_loud) else "timecode"
    )


def _is_tone(samples: Floats) -> bool:
    """Return whether one spectral line holds nearly all power."""
    power = np.square(np.abs(np.fft.rfft(samples * np.hanning(samples.size))))
    top = int(np.argmax(power))
    return float(power[max(top - 2, 0) : top + 3].sum()) > TONE_SHARE * float(power.sum())


def _gains(samples: Floats, verdicts: list[str]) -> tuple[float, ...]:
    """Return gains that bring live channels to equal level and the loudest one's polarity."""
    rms = np.sqrt(np.mean(np.square(samples), axis=1))
    # Tone alone may be the leader of a programme that the samples missed; it hides nothing but its own band.
    wanted = "live" if "live" in verdicts else "tone"
    live = np.array([v == wanted for v in verdicts])
    if not live.any():
        return tuple(0.0 for _ in verdicts)
    leader = int(np.argmax(np.where(live, rms, -1.0)))
    against = samples @ samples[leader] / (samples.shape[1] * rms * rms[leader] + 1e-20)
    sign = np.where(against < -0.3, -1.0, 1.0)
    # A channel 30 dB below the loudest hears the same from farther off: lift it no more than that.
    level = np.maximum(rms, rms[leader] * 10 ** (-30 / 20))
    gains = np.where(live, sign * rms[leader] / level, 0.0) / max(int(live.sum()), 1)
    return tuple(float(g) for g in gains)


def fold_down(mono: Floats, fold: int) -> Floats:
    """Return the means of ``fold`` neighbouring samples, shape (n // fold,)."""
    if fold == 1:
        return mono
    whole = mono.size // fold * fold
    out: Floats = mono[0:whole:fold] + mono[1:whole:fold]
    for phase in range(2, fold):
        out += mono[phase:whole:fold]
    return out * np.float32(1.0 / fold)
