import math

from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock, Piece

DAY = 86_400.0
starts = st.floats(-DAY, DAY)
rates = st.floats(-1000e-6, 1000e-6).map(lambda drift: 1.0 + drift)
times = st.floats(0, 4 * 3600)
lines = st.builds(Clock.line, starts, rates)


@st.composite
def stepped(draw):
    """A clock that leaps up to three times."""
    since = [0.0, *sorted(draw(st.lists(st.floats(1, 10_000), max_size=3, unique=True)))]
    return Clock(tuple(Piece(at, draw(starts), draw(rates)) for at in since))


def close(one, other):
    # A few rounded operations on numbers of at most three days: each errs by half a unit in the last place.
    return abs(one - other) <= 8 * math.ulp(3 * DAY)


@given(lines, times)
def test_a_straight_clock_follows_the_formula(clock, t):
    assert clock.at(t) == clock.start + clock.rate * t
    assert clock.drift_ppm == (clock.rate - 1) / 1e-6
    assert clock.steps() == []


@given(stepped(), times)
def test_the_piece_that_holds_is_the_last_that_began(clock, t):
    piece = clock.piece_at(t)
    assert piece.since <= t
    assert all(other.since <= piece.since for other in clock.pieces if other.since <= t)
    assert clock.at(t) == piece.start + piece.rate * t


@given(stepped())
def test_before_its_first_instant_a_clock_is_carried_on_backwards(clock):
    assert clock.piece_at(-1.0) == clock.pieces[0]


@given(stepped(), st.floats(-DAY, DAY), times)
def test_shifting_moves_every_instant_alike(clock, seconds, t):
    assert close(clock.shifted(seconds).at(t), clock.at(t) + seconds)


@given(stepped(), lines, times)
def test_a_clock_through_another_is_one_after_the_other(clock, outer, t):
    assert close(clock.through(outer).at(t), outer.at(clock.at(t)))


@given(lines, lines, lines, times)
def test_the_order_of_going_through_does_not_matter(one, two, three, t):
    assert close(one.through(two).through(three).at(t), one.through(two.through(three)).at(t))


def test_steps_say_when_the_clock_leaps_and_by_how_much():
    clock = Clock((Piece(0.0, 100.0), Piece(10.0, 100.5), Piece(20.0, 99.5, 1.05)))
    assert clock.steps() == [(10.0, 0.5), (20.0, 0.0)]
    assert clock.at(9.999) == 109.999
    assert clock.at(10.0) == 110.5


def test_a_stepped_clock_goes_through_the_piece_of_the_outer_clock_that_holds_where_it_begins():
    outer = Clock((Piece(0.0, 0.0), Piece(100.0, 1000.0)))
    inner = Clock((Piece(0.0, 10.0), Piece(50.0, 80.0)))
    assert inner.through(outer).pieces == (Piece(0.0, 10.0), Piece(50.0, 1080.0))
