"""Fresh processes and tiny rushes for end-to-end tests."""

import functools
import os
import subprocess
import sys
import wave

import numpy as np
import pytest

RATE = 16000
LAG = 4.321
"""Seconds by which CAM_B starts later than CAM_A in ``rushes``."""


@functools.cache
def event_sound(seconds, seed=1):
    """Return the sound of an event: bursts of noise of random pitch and length, as at a busy table."""
    random = np.random.default_rng(seed)
    sound = 0.003 * random.standard_normal(int(seconds * RATE))
    for _ in range(int(seconds * 6)):
        length = int(random.uniform(0.03, 0.4) * RATE)
        at = int(random.integers(0, len(sound) - length))
        tone = np.sin(2 * np.pi * random.uniform(150, 3000) * np.arange(length) / RATE)
        decay = np.exp(-np.arange(length) / RATE * random.uniform(5, 40))
        sound[at : at + length] += random.uniform(0.05, 0.3) * tone * decay * random.standard_normal(length)
    return sound


def write_wav(path, sound, seed=0):
    """Write a microphone's view of a sound: with noise of its own."""
    noisy = sound + 0.002 * np.random.default_rng(seed).standard_normal(len(sound))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(noisy, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def cut(sound, start, seconds):
    """Return a stretch of a sound."""
    first = round(start * RATE)
    return sound[first : first + round(seconds * RATE)]


@pytest.fixture
def rushes(tmp_path):
    """Return a folder with two cameras that hear the same 40 s, CAM_B from ``LAG`` on."""
    sound, folder = event_sound(40), tmp_path / "shoot"
    write_wav(folder / "CAM_A" / "A001.wav", cut(sound, 0, 36), seed=2)
    write_wav(folder / "CAM_B" / "B001.wav", cut(sound, LAG, 35), seed=3)
    return folder


class Rushlock:
    """Starts the program as a user would, each time in a fresh process."""

    def __init__(self, folder, cache):
        self.folder = folder
        self.environment = dict(os.environ, RUSHLOCK_CACHE=str(cache))
        self.command = [sys.executable, "-m", "rushlock"]

    def __call__(self, *words, **options):
        return subprocess.run(
            [*self.command, *map(os.fspath, words)],
            cwd=self.folder,
            env=self.environment | options.pop("env", {}),
            capture_output=True,
            timeout=120,
            check=False,
            **options,
        )

    def start(self, *words, **options):
        return subprocess.Popen(
            [*self.command, *map(os.fspath, words)], cwd=self.folder, env=self.environment, **options
        )


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    """Return one cache for all tests: most ask the same of the same rushes."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def rushlock(tmp_path, shared_cache):
    """Return a callable that runs Rushlock in a folder of the test's own."""
    return Rushlock(tmp_path, shared_cache)


@pytest.fixture
def fresh_rushlock(tmp_path):
    """Return a callable that runs Rushlock with a cache of its own, empty at first."""
    return Rushlock(tmp_path, tmp_path / "cache")


@pytest.fixture
def stray():
    """Return a function that writes a clip of another event."""

    def write(path):
        return write_wav(path, event_sound(20, seed=77), seed=78)

    return write


@pytest.fixture
def many_rushes(tmp_path):
    """Return a folder with two cameras of six clips each, 15 s long, all of one event."""
    sound, folder = event_sound(120), tmp_path / "long"
    for number in range(6):
        write_wav(folder / "CAM_A" / f"A{number:03}.wav", cut(sound, 18 * number, 15), seed=10 + number)
        write_wav(folder / "CAM_B" / f"B{number:03}.wav", cut(sound, 18 * number + 2.5, 15), seed=20 + number)
    return folder
