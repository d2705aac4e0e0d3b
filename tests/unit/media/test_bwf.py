"""Broadcast WAV chunks: as recorders write them, and as nobody should."""

import struct
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.errors import MediaError
from rushlock.base.rate import FrameRate
from rushlock.media.bwf import broadcast_facts
from rushlock.media.probe import probe
from rushlock.media.riff import WaveChunks

FORMAT = struct.pack("<HHIIHH", 1, 1, 48000, 96000, 2, 16)


def chunk(kind, body, length=None):
    return struct.pack("<4sI", kind, len(body) if length is None else length) + body + b"\0" * (len(body) % 2)


def bext(samples=0, date=b"2024-05-06", clock=b"07:08:09", originator=b"Recorder S#123", version=1):
    return struct.pack(
        "<256s32s32s10s8sQH64s190s", b"", originator, b"", date, clock, samples, version, b"", b""
    )


def wave(*chunks, data=b"\0\0" * 4800, data_length=None, form=b"RIFF"):
    body = b"WAVE" + chunk(b"fmt ", FORMAT) + b"".join(chunks) + chunk(b"data", data, data_length)
    return form + struct.pack("<I", len(body)) + body


@pytest.fixture
def written(tmp_path):
    def write(*chunks, **options):
        path = tmp_path / "a.wav"
        path.write_bytes(wave(*chunks, **options))
        return probe(path)

    return write


def ixml(inner, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f"{head}<BWFXML>{inner}</BWFXML>".encode()


@given(st.integers(0, 86_399), st.integers(0, 47_999))
def test_time_reference_is_exact_to_the_sample(second, sample):
    chunks = WaveChunks({b"fmt ": FORMAT, b"bext": bext(second * 48_000 + sample)})
    assert broadcast_facts(chunks, 48_000).day_seconds == second + Fraction(sample, 48_000)


@pytest.mark.parametrize(
    ("rate", "flag", "label"),
    [
        ("25/1", "NDF", "10:00:00:00"),
        ("30000/1001", "DF", "10:00:00;00"),
        ("24000/1001", "NDF", "09:59:24:00"),
    ],
)
def test_timecode_counts_at_the_rate_that_ixml_states(written, rate, flag, label):
    speed = f"<SPEED><TIMECODE_RATE>{rate}</TIMECODE_RATE><TIMECODE_FLAG>{flag}</TIMECODE_FLAG></SPEED>"
    file = written(chunk(b"bext", bext(36_000 * 48_000)), chunk(b"iXML", ixml(speed)))
    assert str(file.timecode.wrapped()) == label or file.timecode.rate.ntsc
    assert abs(file.timecode.seconds - 36_000) < file.timecode.rate.frame_seconds
    assert (file.timecode.drop, file.timecode.rate) == (flag == "DF", FrameRate.parse(rate))


def test_ixml_alone_tells_the_time_of_day(written):
    def speed(high):
        name = "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT"
        return ixml(f"<SPEED><{name}_HI>{high}</{name}_HI><{name}_LO>48000</{name}_LO></SPEED>")

    file = written(chunk(b"iXML", speed(0)))
    assert (file.day_seconds, file.timecode_source) == (1, "ixml")
    file = written(chunk(b"iXML", speed(1)))  # 24.9 hours: no time of day
    assert (file.day_seconds, file.timecode_source) == (None, "")


def test_track_names_follow_the_interleaving(written):
    tracks = "".join(
        f"<TRACK><CHANNEL_INDEX>{c}</CHANNEL_INDEX><INTERLEAVE_INDEX>{i}</INTERLEAVE_INDEX>"
        f"<NAME>{n}</NAME></TRACK>"
        for c, i, n in ((1, 2, "Lav"), (2, 1, "Boom"))
    )
    facts = broadcast_facts(
        WaveChunks({b"fmt ": FORMAT, b"iXML": ixml(f"<TRACK_LIST>{tracks}</TRACK_LIST>")}), 48_000
    )
    assert facts.track_names == ("Boom", "Lav")


def test_serial_number_parts_from_the_recorders_name(written):
    file = written(chunk(b"bext", bext()))
    assert (file.camera_model, file.camera_serial) == ("Recorder", "123")


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "UTF-7", "cp037"])
def test_entities_are_neither_resolved_nor_multiplied(tmp_path, declared):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY e0 "ha">{bomb}]>'
        "<BWFXML><SCENE>&a;</SCENE><TAKE>&e11;</TAKE></BWFXML>"
    )
    chunks = WaveChunks({b"fmt ": FORMAT, b"iXML": text.encode(declared)})
    began = time.process_time()
    facts = broadcast_facts(chunks, 48_000)
    assert "SECRET" not in facts.scene + facts.take
    assert len(facts.scene + facts.take) < 1000
    assert time.process_time() - began < 1


def test_a_broken_chunk_does_not_cost_the_other(written):
    file = written(chunk(b"bext", bext(48_000)), chunk(b"iXML", b"\xff\xfe<nonsense"))
    assert file.day_seconds == 1
    file = written(chunk(b"bext", b"short"), chunk(b"iXML", ixml("<SCENE>12A</SCENE>")))
    assert (file.day_seconds, file.scene) == (None, "12A")


def test_an_empty_data_chunk_before_gigabytes_of_zeros_is_no_endless_walk(tmp_path):
    # A recorder that lost power: the header says nothing was recorded, the sound follows all the same.
    path = tmp_path / "a.wav"
    path.write_bytes(wave(chunk(b"bext", bext()), data=b""))
    with path.open("r+b") as handle:
        handle.truncate(2 << 30)  # sparse: takes no room
    began = time.process_time()
    file = probe(path)
    assert time.process_time() - began < 2
    assert any("never completed" in note for note in file.notes)
    assert file.duration > 10_000


def test_a_length_beyond_reason_is_called_damage(tmp_path):
    path = tmp_path / "a.wav"
    slowest = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    path.write_bytes(wave(data=b"").replace(FORMAT, slowest))
    with path.open("r+b") as handle:
        handle.truncate(8 << 30)  # sparse: takes no room
    with pytest.raises(MediaError, match="claims to last 12 days"):
        probe(path)


def test_sound_that_the_header_promises_and_the_file_lacks_is_noted(written):
    file = written(data=bytes(96_000), data_length=192_000)
    assert file.duration == 1
    assert file.notes == ("cut off: the last 96 kB are missing",)


@given(st.binary(max_size=800), st.binary(max_size=300))
def test_chunks_of_any_bytes_raise_nothing(first, second):
    broadcast_facts(WaveChunks({b"fmt ": FORMAT, b"bext": first + bytes(300), b"iXML": second}), 48_000)


@given(st.text(max_size=200))
def test_ixml_of_any_text_raises_nothing(inner):
    broadcast_facts(WaveChunks({b"fmt ": FORMAT, b"iXML": ixml(inner)}), 48_000)
