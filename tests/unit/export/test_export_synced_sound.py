"""Synced sound: planted waves at planted clocks, found again at the shoot's time, sample for sample."""

import struct
import wave
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import wavinfo
from hypothesis import assume, given
from hypothesis import strategies as st

from rushlock.base.clock import Clock, Piece
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.export.policy import Policy, Scratch
from rushlock.export.synced_sound import broadcast_wave
from rushlock.export.synced_sound.dialect import DIALECT
from rushlock.export.synced_sound.fractional import interpolator
from rushlock.export.synced_sound.stretches import stretches
from rushlock.media.probe import probe

RATE = 48_000
TONES = (97.3, 1_000.7, 7_001.3, 19_000.9)
ONE_BIT = 2.0**-23
NOON = 43_200
EDGE = 200
"""Samples at an end where the filter of 64 samples reaches beyond what there is."""

# Every tone is interpolated within -110 dB of full scale (see fractional), and rounded twice to 24 bits.
CLOSE = 10 ** (-110 / 20) * len(TONES) * 0.2 + 2 * ONE_BIT


def scene(seconds):
    """Return what sounds at some times after noon, full scale 1."""
    return sum(0.2 * np.sin(2 * np.pi * tone * seconds) for tone in TONES)


def write_wav(path, samples, sample_rate=RATE, tracks=("1",)):
    labels = broadcast_wave.Labels(0, Timecode(0, frame_rate()), tracks, ("x",), "planted")
    with path.open("wb") as file:
        file.write(broadcast_wave.header(labels, sample_rate, samples.shape[1]))
        broadcast_wave.write_samples(file, samples)
    return probe(path)


def frame_rate():
    return FrameRate(Fraction(25))


def read_wav(path):
    """Return time reference in seconds and float64 (channels, n), by readers that are not ours."""
    with wave.open(str(path)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), np.uint8).reshape(-1, 3)
        channels, rate = file.getnchannels(), file.getframerate()
    padded = np.zeros((len(raw), 4), np.uint8)
    padded[:, 1:] = raw
    whole = padded.view("<i4")[:, 0] / 2.0**31
    info = wavinfo.WavInfoReader(str(path), bext_encoding="latin_1")
    return info, Fraction(info.bext.time_reference, rate), whole.reshape(-1, channels).T


def deliver(tmp_path, made_up, clip, clock, **policy):
    plan = made_up.sync_map(made_up.placement(clip, 0.0, clock=clock))
    delivery = Delivery((clip,), (), plan, "day", frame_rate(), policy=Policy(**policy))
    return drain(DIALECT.export(tmp_path / "out" / "day.wav", delivery))


@pytest.mark.parametrize("ppm", [-400.0, -12.5, 0.0, 80.0])
@pytest.mark.parametrize("sample_rate", [44_100, 48_000])
def test_a_drifting_recorder_is_in_sync_to_the_sample_until_its_end(ppm, sample_rate, made_up, tmp_path):
    start, pace = NOON + 3.123_456_7, 1 + ppm * 1e-6
    times = 3.123_456_7 + pace * np.arange(6 * sample_rate) / sample_rate
    planted = np.stack([scene(times), -scene(times)])
    clip = made_up.clip("MIX", write_wav(tmp_path / "rec.wav", planted, sample_rate, ("Boom", "Ännä <1>")))

    path, _ = deliver(tmp_path, made_up, clip, Clock.line(start, pace))

    info, begins, heard = read_wav(path)
    at = float(begins - NOON) + np.arange(heard.shape[1]) / sample_rate
    assert 0 <= begins - Fraction(start) < Fraction(1, sample_rate) or ppm == 0
    assert abs(heard.shape[1] - 6 * sample_rate * pace) <= 1
    inner = slice(EDGE, -EDGE)
    if ppm == 0:
        assert np.array_equal(heard, np.rint(planted * 2**23) / 2**23)  # untouched, at the nearest sample
        assert abs(begins - Fraction(start)) <= Fraction(1, sample_rate)
    else:
        assert np.abs(heard[0] - scene(at))[inner].max() < CLOSE
        assert np.abs(heard[1] + scene(at))[inner].max() < CLOSE
    assert [track.name for track in info.ixml.track_list] == ["Boom", "Ännä <1>"]
    assert probe(path).day_seconds == begins


def test_chapters_are_joined_and_a_step_of_the_clock_is_followed(made_up, tmp_path):
    pieces = (
        Piece(0.0, NOON + 1.0, 1 + 30e-6),
        Piece(1.5, NOON + 1.25, 1 - 20e-6),
        Piece(4.0, NOON + 1.05, 1.0),
    )
    clock = Clock(pieces)
    own = np.arange(6 * RATE) / RATE
    times = np.concatenate(
        [
            piece.start - NOON + piece.rate * own[(own >= piece.since) & (own < until)]
            for piece, until in zip(pieces, (1.5, 4.0, 6.0), strict=True)
        ]
    )
    planted = scene(times)[None]
    halves = [write_wav(tmp_path / f"{n}.wav", planted[:, n * 3 * RATE : (n + 1) * 3 * RATE]) for n in (0, 1)]
    clip = made_up.clip("MIX", *halves)

    path, _ = deliver(tmp_path, made_up, clip, clock)

    _, begins, heard = read_wav(path)
    at = float(begins - NOON) + np.arange(heard.shape[1]) / RATE
    stretched = [
        (1.0, 1.0 + 1.5 * (1 + 30e-6)),
        (1.25 + 1.5 * (1 - 20e-6), 1.05 + 4.0),  # falls back by 0.2 s: the later piece wins
        (1.05 + 4.0, 1.05 + 6.0),
    ]
    for left, right in stretched:
        inside = (at > left + EDGE / RATE) & (at < right - EDGE / RATE)
        assert inside.sum() > RATE
        assert np.abs(heard[0] - scene(at))[inside].max() < CLOSE
    leap = (at > stretched[0][1]) & (at < stretched[1][0])
    assert leap.sum() > 0.2 * RATE
    assert not heard[0][leap].any()


def test_one_bad_recording_is_named_and_the_others_are_written(made_up, tmp_path):
    good = made_up.clip("MIX", write_wav(tmp_path / "good.wav", np.zeros((1, RATE))))
    gone = made_up.clip("B", made_up.sound_file(tmp_path / "gone.wav", RATE))
    plan = made_up.sync_map(made_up.placement(gone, 1.0, rate=1.0001), made_up.placement(good, 2.0))
    written = drain(
        DIALECT.export(tmp_path / "out" / "d.wav", Delivery((gone, good), (), plan, "d", frame_rate()))
    )
    assert [path.name for path in written] == ["d MIX good.wav", "d.txt"]
    assert "not written" in written[-1].read_text(encoding="utf-8")
    assert "no longer there" in written[-1].read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["d MIX good.wav", "d.txt"]


def test_a_cancelled_rendering_leaves_no_half_file(made_up, tmp_path):
    clip = made_up.clip("MIX", write_wav(tmp_path / "rec.wav", np.zeros((1, 3 * RATE))))
    plan = made_up.sync_map(made_up.placement(clip, 1.0, rate=1.0001))
    token = CancelToken()
    stage = DIALECT.export(tmp_path / "out" / "d.wav", Delivery((clip,), (), plan, "d", frame_rate()), token)
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        drain(stage)
    assert not list((tmp_path / "out").iterdir())


def test_camera_sound_is_rendered_only_where_it_is_kept(made_up, tmp_path):
    sound = write_wav(tmp_path / "rec.wav", np.zeros((1, RATE)))
    pictures = made_up.picture_file("/x.mov", frame_rate(), 25).pictures
    camera = made_up.clip("CAM", replace(sound, pictures=pictures))
    assert len(deliver(tmp_path, made_up, camera, Clock.line(1.0))) == 2
    assert len(deliver(tmp_path, made_up, camera, Clock.line(1.0), scratch=Scratch.MUTED)) == 1


@given(st.floats(0.01, 0.45), st.floats(0, 1), st.floats(-2e-3, 2e-3))
def test_any_tone_between_samples_is_what_it_was(frequency, phase, drift):
    filters = interpolator(1.0)
    numbers = np.arange(2048.0)
    positions = filters.reach + phase + (1 + drift) * np.arange(1500.0)
    heard = filters.at(np.sin(2 * np.pi * frequency * numbers), positions)
    assert np.abs(heard - np.sin(2 * np.pi * frequency * positions)).max() < 10 ** (-110 / 20)


def test_what_is_above_a_lower_rates_limit_is_taken_out():
    filters = interpolator(0.5)
    positions = filters.reach + np.arange(0, 4000, 2.0)
    above = filters.at(np.sin(2 * np.pi * 0.3 * np.arange(4400.0)), positions)
    below = np.sin(2 * np.pi * 0.2 * np.arange(4400.0))
    assert np.abs(above).max() < 10 ** (-110 / 20)
    assert np.abs(filters.at(below, positions) - np.sin(2 * np.pi * 0.2 * positions)).max() < 10 ** (
        -110 / 20
    )


@given(st.floats(0, 90_000), st.floats(-1e-3, 1e-3), st.sampled_from([44_100, 48_000, 96_000]))
def test_every_sample_of_the_shoots_clock_gets_its_own_clip_time_exactly(start, drift, sample_rate):
    assume(1 + drift != 1)  # then samples are moved, not interpolated
    clip = SimpleNamespace(duration=Fraction(7200))
    clock = Clock.line(start, 1 + drift)
    (only,) = stretches(clip, clock, Fraction(0), sample_rate)
    for number in (only.first, only.after - 1):
        t = only.clip_time(number, sample_rate)
        assert 0 <= t < 7200
        assert Fraction(clock.start) + Fraction(clock.rate) * t == Fraction(number, sample_rate)


def test_more_than_four_gigabytes_become_rf64():
    labels = broadcast_wave.Labels(1 << 33, Timecode(0, frame_rate()), ("a", "b"), ("x",), "long")
    samples = 1 << 31
    head = broadcast_wave.header(labels, RATE, samples)
    kind, whole, form, chunk, length = struct.unpack_from("<4sI4s4sI", head)
    riff, data, count, table = struct.unpack_from("<QQQI", head, 20)
    assert (kind, whole, form, chunk, length, table) == (b"RF64", 0xFFFFFFFF, b"WAVE", b"ds64", 28, 0)
    assert (riff, data, count) == (len(head) - 8 + samples * 6, samples * 6, samples)
    assert head[-8:] == b"data\xff\xff\xff\xff"


@pytest.mark.parametrize(("hours", "words"), [(2, "7.7 GiB"), (Fraction(1, 3600), "2 MiB")])
def test_what_it_will_take_is_said_before(made_up, hours, words):
    clip = made_up.clip("MIX", made_up.sound_file("/x.wav", int(RATE * 3600 * hours), channels=8))
    plan = made_up.sync_map(made_up.placement(clip, 1.0))
    assert DIALECT.losses(Delivery((clip,), (), plan, "d", frame_rate())) == (
        f"1 recording will take {words}",
    )
