"""``rushlock bench player`` counts what is shown, whatever the machine."""

from fractions import Fraction

import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.numbered import write_numbered
from rushlock.evaluation.playing import measure_player


def test_a_pair_is_played_jumped_in_and_stepped_through(tmp_path):
    files = tmp_path / "a.mp4", tmp_path / "b.mp4"
    for path in files:
        write_numbered(path, [Fraction(n, 25) for n in range(75)], options={"g": "25"})
    found = drain(
        measure_player(files, CancelToken(), lag=0.2, seconds=0.5, box=(64, 64), speeds=(1.0, -1.0))
    )
    assert 0 < found.step_ms <= found.worst_seek_ms
    assert [each.speed for each in found.played] == [1.0, -1.0]
    for each in found.played:
        assert each.wanted == 25
        assert 0 < each.shown + each.other <= 25 + 2 / 0.5  # the pictures at both ends count too
        assert each.cores > 0
    assert [name for name, _ in found.rows()][-2:] == ["at +1x", "at -1x"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MediaError, match="gone"):
        drain(measure_player((tmp_path / "gone.mp4", tmp_path / "gone.mp4"), CancelToken()))
