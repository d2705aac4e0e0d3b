"""Clip files as they come back from a decoder: the first presented sample and frame are the first written."""

import struct
from datetime import UTC, datetime
from fractions import Fraction

import av
import numpy as np
import pytest
from scipy import signal

from rushlock.base.rate import FrameRate, parse_rate
from rushlock.base.timecode import Timecode
from rushlock.evaluation.labels import Labels, timecode_at
from rushlock.evaluation.scene.ltc import LinearTimecode
from rushlock.evaluation.writers import FORMATS, PictureFormat, open_writer
from rushlock.media.probe import probe

LABELS = Labels("C001", reel="A001", day_seconds=36001.5, created=datetime(2026, 3, 14, 10, 0, 1, tzinfo=UTC))


def noise(seconds, rate, channels):
    random = np.random.default_rng(5)
    return (0.2 * random.standard_normal((int(seconds * rate), channels))).astype(np.float32)


def written(path, sound, rate, labels=LABELS, picture=None):
    writer = open_writer(path, rate, sound.shape[1], len(sound), labels, picture)
    for begin in range(0, len(sound), 10007):  # pieces that fit no codec's frames
        writer.write(sound[begin : begin + 10007])
    writer.close()
    return path


def first_channel(path):
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        channels = stream.channels
        frames = [frame.to_ndarray() for frame in container.decode(stream)]
    rows = [f[0] if len(f) == channels > 1 else f.reshape(-1, channels)[:, 0] for f in frames]
    return np.concatenate(rows).astype(float)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize(("rate", "channels"), [(48000, 1), (44100, 2)])
def test_the_first_presented_sample_is_the_first_written(tmp_path, suffix, rate, channels):
    rate = 48000 if suffix in (".mka", ".mkv") else rate  # Opus knows no 44.1 kHz
    sound = noise(1.5, rate, channels)
    found = first_channel(written(tmp_path / f"clip{suffix}", sound, rate))
    curve = signal.correlate(found, sound[:, 0].astype(float), method="fft")
    lag = int(np.argmax(curve)) - (len(sound) - 1)
    assert abs(lag) / rate < 0.05e-3
    assert abs(len(found) - len(sound)) < 0.06 * rate  # a last codec frame may be filled up


def test_wav_samples_come_back_exactly_and_the_header_says_when(tmp_path):
    sound = np.round(noise(0.5, 48000, 2) * 8388607) / 8388607
    path = written(tmp_path / "clip.WAV", sound.astype(np.float32), 48000)
    file = probe(path)
    assert file.day_seconds == Fraction(72003, 2)
    assert file.reel == "A001"
    assert [s.codec for s in file.sounds] == ["pcm_s24le"]
    data = path.read_bytes()
    begin = data.index(b"data") + 8
    (size,) = struct.unpack("<I", data[begin - 4 : begin])
    assert size == sound.size * 3 == len(data) - begin
    whole = np.frombuffer(b"\0" + data[begin:], np.uint8)[: size // 3 * 3]
    first = int.from_bytes(bytes(whole[1:4]), "little", signed=True)
    assert first == round(float(sound[0, 0]) * 8388607)


@pytest.mark.parametrize("rate", ["23.976", "25", "29.97DF", "29.97", "50", "59.94DF"])
@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_pictures_start_with_the_sound_at_their_exact_rate_and_timecode(tmp_path, rate, suffix):
    fps, drop = parse_rate(rate)
    shape = PictureFormat(64, 36, fps, fps.fps.numerator)
    timecode = timecode_at(36000.0, fps, drop)
    writer = open_writer(tmp_path / f"c{suffix}", 48000, 1, 24000, Labels("c", "A001", timecode), shape)
    for number in range(12):
        writer.write_frame(np.full((36, 64, 3), number * 20, np.uint8), number / fps.fps)
        writer.write(noise(0.04, 48000, 1))
    writer.close()
    file = probe(tmp_path / f"c{suffix}")
    assert file.pictures[0].rate == fps
    assert file.pictures[0].start == file.sounds[0].start == 0
    assert file.timecode == timecode
    with av.open(str(tmp_path / f"c{suffix}")) as container:
        frames = list(container.decode(container.streams.video[0]))
    assert [frame.pts * frame.time_base for frame in frames] == [n / fps.fps for n in range(12)]
    brightness = [float(frame.to_ndarray(format="gray").mean()) for frame in frames]
    assert brightness == sorted(brightness)


def test_an_abandoned_file_leaves_nothing(tmp_path):
    for suffix in (".wav", ".m4a"):
        writer = open_writer(tmp_path / f"c{suffix}", 48000, 1, 48000, LABELS)
        writer.write(noise(0.2, 48000, 1))
        writer.abandon()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("rate", [FrameRate(Fraction(25)), FrameRate(Fraction(30))])
def test_linear_timecode_can_be_read_back_from_its_edges(rate):
    start = Timecode.parse("10:59:59:20", rate)
    sound = LinearTimecode(start, 48000).sound(0, 48000)
    edges = np.flatnonzero(np.diff(np.sign(sound)))
    half = 48000 / float(rate.fps) / 160
    lengths = np.round(np.diff(edges) / half).astype(int)
    bits, at = [], 0
    while at < len(lengths):  # a one is two half bits, a zero one whole
        bits.append(int(lengths[at] == 1))
        at += 2 if lengths[at] == 1 else 1
    word = [0, 0, *[1] * 12, 0, 1]
    ends = [n for n in range(len(bits) - 16) if bits[n : n + 16] == word]
    assert np.diff(ends).tolist() == [80] * (len(ends) - 1)
    assert len(ends) >= 20
    frames = [_label(bits[end - 64 : end]) for end in ends if end >= 64]
    first = frames[0]
    assert frames == [str(Timecode.parse(first, rate) + n) for n in range(len(frames))]
    assert Timecode.parse(first, rate).frames - start.frames in (0, 1)


def _label(bits):
    def digit(first, width):
        return sum(bits[first + n] << n for n in range(width))

    return (
        f"{digit(56, 2)}{digit(48, 4)}:{digit(40, 3)}{digit(32, 4)}:"
        f"{digit(24, 3)}{digit(16, 4)}:{digit(8, 2)}{digit(0, 4)}"
    )
