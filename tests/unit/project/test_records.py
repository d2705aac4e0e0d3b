import json
import math
from dataclasses import dataclass
from datetime import timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rushlock.base.clock import Clock, Piece
from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip, MediaFile, PictureStream, SoundStream, Unreadable
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Evidence, Finding, Placement, Status, SyncMap
from rushlock.project.records import RecordError, read, written

any_text = st.text(max_size=12) | st.sampled_from(["A\udcff.mov", "two\nlines", "📷", "null", ""])
number = st.floats(allow_nan=False)
whole = st.integers(-(2**63), 2**63)
zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# No container writes a fold, which ISO 8601 cannot say.
instants = st.datetimes(timezones=st.none() | zones).map(lambda instant: instant.replace(fold=0))
paths = any_text.map(Path)
rates = st.fractions(Fraction(1, 1000), 1000).map(FrameRate)
timecodes = st.integers(0, 2_000_000).map(
    lambda frames: Timecode(frames, FrameRate(Fraction(30000, 1001)), True)
)
texts = st.lists(any_text, max_size=3).map(tuple)

pictures = st.builds(
    PictureStream,
    whole,
    any_text,
    whole,
    whole,
    rates,
    st.booleans(),
    st.none() | whole,
    st.fractions(),
    st.fractions(),
)
sounds = st.builds(
    SoundStream, whole, any_text, whole, whole, any_text, st.fractions(), st.fractions(), texts
)
files = st.builds(
    MediaFile,
    path=paths,
    size=whole,
    modified_ns=whole,
    fingerprint=any_text,
    container=any_text,
    start=st.fractions(),
    duration=st.fractions(),
    pictures=st.lists(pictures, max_size=2).map(tuple),
    sounds=st.lists(sounds, max_size=2).map(tuple),
    timecode=st.none() | timecodes,
    day_seconds=st.none() | st.fractions(),
    created=st.none() | instants,
    notes=texts,
)
clips = st.builds(Clip, any_text, any_text, st.lists(files, min_size=1, max_size=2).map(tuple), any_text)
clocks = st.lists(st.builds(Piece, number, number, number), min_size=1, max_size=3).map(
    lambda p: Clock(tuple(p))
)
evidence = st.builds(
    Evidence, any_text, any_text, st.none() | number, number, number, st.booleans(), any_text
)
placements = st.builds(
    Placement,
    any_text,
    st.none() | whole,
    st.none() | clocks,
    st.sampled_from(Status),
    number,
    any_text,
    number,
    st.lists(evidence, max_size=2).map(tuple),
)
findings = st.builds(Finding, any_text, any_text, any_text, number)
sync_maps = st.builds(
    SyncMap,
    st.lists(placements, max_size=3).map(tuple),
    whole,
    st.lists(st.booleans(), max_size=3).map(tuple),
    st.lists(findings, max_size=2).map(tuple),
    any_text,
)
decisions = st.builds(
    Decision, any_text, st.sampled_from(DecisionKind), st.none() | clocks, st.none() | whole, any_text
)
estimates = st.builds(
    Estimate,
    any_text,
    any_text,
    clocks,
    number,
    number,
    number,
    number,
    features=st.dictionaries(any_text, number, max_size=3),
    rivals=st.lists(st.builds(Candidate, number, number, number), max_size=2).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # large values on busy machines
@given(st.one_of(clips, sync_maps, decisions, estimates, st.builds(Unreadable, paths, any_text)))
def test_whatever_we_store_comes_back_equal_and_of_the_same_types(value):
    text = written(value)
    back = read(type(value), text)
    assert back == value
    assert repr(back) == repr(value)  # 1 and 1.0 are equal, but not the same
    assert text.isascii()


def test_what_is_worked_out_is_not_stored_but_worked_out_again():
    placed = Placement("a", 0, Clock.line(1.0), Status.SYNCED, 1.0, "")
    text = written(SyncMap((placed,), 1))
    assert "by_clip" not in json.loads(text)
    assert read(SyncMap, text).by_clip == {"a": placed}


def test_numbers_that_are_not_finite_survive():
    finding = Finding("a", "b", "c", math.inf)
    assert read(Finding, written(finding)) == finding
    assert math.isnan(read(Finding, written(Finding("a", "b", "c", math.nan))).seconds)


def test_a_field_that_an_older_record_lacks_gets_its_default_and_one_unknown_is_passed_over():
    record = json.loads(written(Settings(accept=0.9)))
    del record["workers"]
    record["colour"] = "blue"
    assert read(Settings, json.dumps(record)) == Settings(accept=0.9)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Decision, "{"),
        (Decision, "[]"),
        (Decision, "null"),
        (Decision, "{}"),
        (Decision, '{"clip": "a", "kind": "eaten"}'),
        (Settings, '{"accept": 7}'),
        (FrameRate, '{"fps": "1/0"}'),
        (FrameRate, '{"fps": "0"}'),
        (Clip, '{"key": "a", "camera": "b", "files": 3}'),
    ],
)
def test_a_damaged_record_is_an_error_of_its_own(kind, text):
    with pytest.raises(RecordError):
        read(kind, text)


def test_a_type_that_no_record_can_hold_is_refused_when_written():
    @dataclass(frozen=True)
    class Odd:
        things: object

    with pytest.raises(TypeError, match="no record can hold"):
        written(Odd(object()))
