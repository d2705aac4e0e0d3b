"""The progress line tells stage, rate and time left, keeps to one line, and is quiet where nobody looks."""

import io
import itertools

from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.pace import Pace
from rushlock.base.progress import Progress
from rushlock.cli.terminal import ProgressLine, progress_text
from rushlock.cli.text import width


class Console(io.StringIO):
    def isatty(self):
        return True


def steps(seconds_each, line, stage="Listening", count=10):
    for done in range(count + 1):
        line(Progress(stage, done, count, f"A{done:03}.mov"))
        line.now += seconds_each


class SteppedLine(ProgressLine):
    """A line whose clock the test turns."""

    def __init__(self, stream, **options):
        self.now = 100.0
        super().__init__(stream, clock=lambda: self.now, cells=lambda: 100, **options)


def test_a_pipe_stays_empty():
    pipe = io.StringIO()
    steps(1.0, SteppedLine(pipe))
    assert pipe.getvalue() == ""


def test_quiet_silences_a_terminal():
    console = Console()
    steps(1.0, SteppedLine(console, quiet=True))
    assert console.getvalue() == ""


def test_stage_count_rate_time_left_and_item_are_shown():
    console = Console()
    steps(2.0, SteppedLine(console))
    seen = console.getvalue().split("\r")[6].rstrip()
    assert seen == "Listening  [##########----------]  50%  5/10 clips  0.5/s  0:10 left  A005.mov"


def test_a_new_stage_starts_its_own_pace():
    console = Console()
    line = SteppedLine(console)
    steps(1.0, line)
    line(Progress("Placing", 0, 4, unit="pairs"))
    assert "left" not in console.getvalue().rsplit("\r", 1)[1]


def test_reports_in_quick_succession_are_drawn_ten_times_a_second():
    console = Console()
    steps(0.01, SteppedLine(console), count=1000)
    assert 90 <= console.getvalue().count("\r") <= 110


def test_a_shorter_line_wipes_the_longer_one_and_clearing_leaves_nothing():
    console = Console()
    line = SteppedLine(console)
    line(Progress("A very long stage", 1, 2, "with a long item"))
    long = width(console.getvalue().strip("\r"))
    line.now += 1
    line(Progress("B", 0, 0))
    assert len(console.getvalue().rsplit("\r", 1)[1]) >= long
    line.clear()
    assert not line.shown
    assert console.getvalue().endswith(" \r")


@given(
    st.text(max_size=40),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.text(st.characters(codec=None), max_size=60),
    st.integers(1, 200),
)
def test_a_line_never_wraps_and_never_breaks(stage, done, total, item, cells):
    pace = Pace()
    pace.note(0.0, 0.0)
    pace.note(1.0, done)
    text = progress_text(Progress(stage, done, total, item), pace, cells)
    assert width(text) <= cells
    assert "\n" not in text


def test_pace_forgets_a_burst_of_cached_clips():
    pace = Pace(memory=10)
    pace.note(0.0, 0)
    pace.note(0.1, 1000)
    for second, done in zip(range(1, 40), itertools.count(1000)):
        pace.note(float(second), done)
    assert pace.per_second == 1.0
    assert pace.seconds_left(done, done + 30) == 30.0
