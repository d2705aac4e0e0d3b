"""A deck shows the very frame of an instant, whatever came before: playing on, back, jumping, at any rate."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.numbered import number_in, write_numbered
from rushlock.media.clip import Clip
from rushlock.media.playing.deck import Deck
from rushlock.media.playing.footage import Footage, FrameSource
from rushlock.media.playing.light import PIECE_S, LightCopies
from rushlock.media.probe import probe

BOX = (64, 64)
RATES = {
    "23.976": Fraction(24000, 1001),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "50": Fraction(50),
}
FRAMES = 130


def varying(count):
    """Stamps of a phone that takes its time."""
    steps = np.random.default_rng(5).choice([300, 600, 1200, 9000], count - 1)
    return [Fraction(int(ticks), 18000) for ticks in np.concatenate([[0], np.cumsum(steps)])]


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """One clip of each rate, with long groups of pictures and B frames: (clip, stamps)."""
    folder = tmp_path_factory.mktemp("numbered")
    made = {}
    for name, rate in RATES.items():
        stamps = [n / rate for n in range(FRAMES)]
        path = folder / f"{name}.mp4"
        write_numbered(path, stamps, rate=rate, options={"g": "60", "bf": "3"})
        made[name] = path, stamps
    path, stamps = folder / "varying.mp4", varying(FRAMES)
    write_numbered(path, stamps, tick=Fraction(1, 18000), options={"g": "40", "bf": "2"})
    made["varying"] = path, stamps
    path, stamps = folder / "rounded.mkv", [n / RATES["29.97"] for n in range(FRAMES)]
    write_numbered(path, stamps, rate=RATES["29.97"], options={"g": "60"})
    made["rounded"] = path, stamps
    return {name: (Clip(name, name, (probe(path),)), stamps) for name, (path, stamps) in made.items()}


@pytest.fixture
def open_deck():
    opened = []

    def open_(clip, **more):
        opened.append(Deck(Footage.of(clip), BOX, keep_all=True, **more))
        return opened[-1]

    yield open_
    for deck in opened:
        deck.close(wait=True)


def on_screen(stamps, at):
    """The number of the frame shown at an instant: the last that has begun."""
    return max(n for n, stamp in enumerate(stamps) if n == 0 or float(stamp) <= at)


def seen(deck, at, speed=0.0):
    sight = deck.await_sight(at, speed)
    assert sight.exact
    return number_in(sight.still.pixels())


def shows(deck, stamps, at, speed=0.0):
    """Whether it is the very frame, or its neighbour as near as Matroska rounds (1 ms and half a tick)."""
    edge = 0.0016
    return seen(deck, at, speed) in {on_screen(stamps, at - edge), on_screen(stamps, at + edge)}


NAMES = [*RATES, "varying", "rounded"]


@pytest.mark.parametrize("name", NAMES)
def test_playing_on_shows_every_frame_at_its_instant(clips, open_deck, name):
    clip, stamps = clips[name]
    deck = open_deck(clip)
    for tick in range(int(float(stamps[-1]) * 60)):
        at = tick / 60 + 0.003
        assert shows(deck, stamps, at, 1.0)


@pytest.mark.parametrize("name", NAMES)
def test_playing_backwards_shows_every_frame_at_its_instant(clips, open_deck, name):
    clip, stamps = clips[name]
    deck = open_deck(clip, budget=40 * 64 * 64 * 3 // 2)  # less than a group of pictures
    end = float(stamps[-1])
    for tick in range(int(end * 60)):
        at = end - tick / 60 + 0.003
        assert shows(deck, stamps, at, -1.0)


@pytest.mark.parametrize("name", NAMES)
def test_stepping_by_what_the_deck_says_of_frames_visits_each_once(clips, open_deck, name):
    clip, _ = clips[name]
    deck = open_deck(clip)
    visited, at = [], 0.0
    while len(visited) < FRAMES - 1:
        sight = deck.await_sight(at)
        visited.append(number_in(sight.still.pixels()))
        at = sight.end + 1e-5
    assert visited == list(range(FRAMES - 1))


@settings(max_examples=25)
@given(data=st.data())
@pytest.mark.parametrize("name", NAMES)
def test_after_any_jumps_and_turns_the_very_frame_is_shown(clips, name, data):
    clip, stamps = clips[name]
    end = float(stamps[-1])
    moves = st.tuples(st.floats(0.0, end), st.sampled_from([0.0, 0.0, 1.0, -1.0, 4.0, -4.0]))
    deck = Deck(Footage.of(clip), BOX, budget=60 * 64 * 64, keep_all=True)
    try:
        for at, speed in data.draw(st.lists(moves, min_size=1, max_size=6)):
            deck.aim(at, speed)  # on the way elsewhere
            assert shows(deck, stamps, at)
    finally:
        deck.close(wait=True)


def test_an_instant_that_a_rounded_stamp_lies_just_behind_is_found(clips, open_deck):
    clip, stamps = clips["rounded"]  # frame 120 is a key frame, stamped 4.004
    assert seen(open_deck(clip), float(stamps[120]) - 0.0004) == 120


@pytest.mark.parametrize("lag", [Fraction(0), Fraction(7, 25), Fraction(-3, 1000), Fraction(1, 3)])
def test_a_pair_shows_the_frames_that_lie_together_at_the_lag(clips, open_deck, lag):
    (master, own), (node, others) = clips["25"], clips["29.97"]
    decks = open_deck(master), open_deck(node)
    for at in (1.0, 1.04, 2.5, 2.46, 0.7, 3.9):
        assert shows(decks[0], own, at)
        assert shows(decks[1], others, at - float(lag))


@pytest.mark.parametrize("speed", [4.0, 2.0, 0.0])
def test_frames_left_out_on_the_way_are_shown_when_it_is_played_there_after(clips, open_deck, speed):
    clip, stamps = clips["25"]
    deck = open_deck(clip)
    seen(deck, 0.2)
    if speed:
        for tick in range(20):
            deck.aim(0.2 + speed * tick / 20, speed)
    seen(deck, 2.3)  # in the same group of pictures
    for tick in range(60):
        at = 0.2 + tick / 60
        assert shows(deck, stamps, at, 1.0)
    for tick in range(60):
        at = 2.3 - tick / 60
        assert shows(deck, stamps, at, -1.0)


@pytest.mark.parametrize("speed", [2.0, 4.0, -2.0, -4.0])
def test_a_shuttle_over_what_a_jump_left_out_shows_enough_of_it(clips, open_deck, speed):
    deck = open_deck(clips["25"][0])
    start, near = 0.1 if speed > 0 else 2.3, abs(speed) / 30 + 2.5 / 25
    for at in (0.1, 2.3, start):  # in one group of pictures: between them is left out
        seen(deck, at)

    def close(at):
        still = deck.await_sight(at, speed, 0.02).still
        return still is not None and abs(at - float(still.begin)) <= near

    for tick in range(31):
        at = start + speed * tick / 60
        assert any(close(at) for _ in range(500))


def test_before_the_clip_and_after_it_nothing_is_shown_for_certain(clips, open_deck):
    clip, _ = clips["25"]
    deck = open_deck(clip)
    deck.await_sight(0.0)
    assert deck.sight(-1.0) == deck.sight(-2.0)
    assert deck.await_sight(float(clip.duration) - 0.01).exact
    late = deck.sight(float(clip.duration) + 1.0)
    assert late.exact
    assert late.still is None


def test_chapters_run_on_and_one_that_is_missing_is_told_in_its_place(clips, open_deck, tmp_path):
    first, second = clips["25"][0].files[0], clips["50"][0].files[0]
    begin = float(first.duration)
    deck = open_deck(Clip("two", "A", (first, second)))
    assert seen(deck, begin - 0.03) == FRAMES - 1
    assert seen(deck, begin + 0.03) == 1
    gone = replace(second, path=tmp_path / "gone.mp4")
    deck = open_deck(Clip("gone", "A", (first, gone, first)))
    assert seen(deck, begin - 0.5) == FRAMES - 13
    assert deck.await_sight(begin + 1.0).still is None
    assert "no longer there" in deck.trouble(begin + 1.0)
    assert not deck.trouble(begin - 0.5)
    assert seen(deck, begin + float(second.duration) + 1.0) == 25
    assert seen(deck, 1.0) == 25


def test_memory_is_bounded_while_playing_and_backwards(clips, open_deck):
    clip, _ = clips["50"]
    deck = open_deck(clip, budget=0)
    for speed in (1.0, -1.0):
        for tick in range(1, 100):
            deck.await_sight(tick / 40 if speed > 0 else 2.5 - tick / 40, speed)
            assert deck.stills <= 24 + 12  # the least there is room for, and a stretch read back


def test_a_light_copy_has_the_same_frames_at_the_same_instants(clips, open_deck, tmp_path):
    for name in ("varying", "rounded", "23.976"):
        clip, stamps = clips[name]
        copies = LightCopies(tmp_path, 1 << 30)
        footage = Footage.of(clip)
        for span, number in copies.missing(footage, 0.0, 3):
            drain(copies.make(span, number, CancelToken()))
        light = copies.known(footage)
        assert all(span.light for span in light.spans if span.begin < stamps[-1])
        own, copied = (
            [(came.begin, number_in(came.frame.to_ndarray(format="gray"))) for came in source]
            for source in (FrameSource(each).frames(Fraction(0), CancelToken()) for each in (footage, light))
        )
        assert copied == own
        assert [number for _, number in own] == list(range(FRAMES))


def test_light_pieces_join_the_original_without_a_gap(clips, open_deck, tmp_path, monkeypatch):
    monkeypatch.setattr("rushlock.media.playing.light.PIECE_S", 1)
    assert PIECE_S > 1
    clip, stamps = clips["29.97"]
    copies, footage = LightCopies(tmp_path, 1 << 30), Footage.of(clip)
    ((span, number),) = copies.missing(footage, 1.5)
    assert number == 1
    drain(copies.make(span, number, CancelToken()))
    mixed = copies.known(footage)
    assert [part.light for part in mixed.spans] == [False, True, False]
    deck = open_deck(clip)
    deck.show(mixed)
    for tick in range(int(float(stamps[-1]) * 60)):
        at = tick / 60 + 0.003
        assert shows(deck, stamps, at, 1.0)
    assert deck.await_sight(1.5).still.light
    assert not deck.await_sight(0.5).still.light
