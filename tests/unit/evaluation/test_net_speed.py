"""The speed of networks is measured at any size, against products of the same run, and can be stopped."""

import json
import os

import pytest

torch = pytest.importorskip("torch")

from rushlock.base.progress import Cancelled, CancelToken, drain  # noqa: E402 - needs torch for what follows
from rushlock.evaluation.net_kinds import stream_sync, synchformer  # noqa: E402
from rushlock.evaluation.net_speed import NetSpeed, Timed, measure_nets  # noqa: E402
from rushlock.nets.stream_sync.config import StreamSyncConfig  # noqa: E402
from rushlock.nets.synchformer.config import SynchformerConfig  # noqa: E402

SMALL = synchformer(
    SynchformerConfig(
        dims=24, picture_depth=1, sound_depth=1, judge_depth=1, heads=2, judge_heads=2, picture=32, window=2
    )
)
WHOLE = stream_sync(StreamSyncConfig(thinning=16, frames=25, picture=32, shorter_side=32, judge_heads=4))


@pytest.mark.parametrize("kind", [SMALL, WHOLE])
def test_every_number_of_threads_is_timed_and_put_back(kind):
    before = torch.get_num_threads()
    speeds = drain(measure_nets("cpu", 1, CancelToken(), [kind]))
    assert (speeds[0].net, speeds[0].where) == (kind.name, "1 thread")
    assert len(speeds) == len({1, min(2, os.cpu_count()), os.cpu_count()})
    assert torch.get_num_threads() == before
    for speed in speeds:
        assert min(each.seconds for each in (speed.picture, speed.sound, speed.judge, speed.product)) > 0
        assert json.loads(json.dumps(speed.as_dict()))["window"] == kind.layout.window


def test_figures_follow_from_what_was_timed():
    speed = NetSpeed(
        net="Net",
        where="2 threads",
        picture=Timed(0.5, 150e9),
        sound=Timed(0.1, 10e9),
        judge=Timed(0.2, 8e9),
        product=Timed(1.0, 200e9),
        packed=Timed(1.0, 400e9),
        window=14,
        hop=0.32,
    )
    assert speed.window_seconds == pytest.approx(14 * 0.6 + 0.2)
    assert speed.real_time == pytest.approx(0.64)
    assert speed.rate == pytest.approx((14 * 160e9 + 8e9) / 8.6)
    assert speed.as_dict()["picture_share_of_product"] == pytest.approx(1.5)
    assert speed.as_dict()["sound_share_of_packed"] == pytest.approx(0.25)
    assert ("Net, 2 threads: one camera's picture", "0.64 x real time") in speed.rows()


def test_timing_stops_when_asked_to():
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        drain(measure_nets("cpu", 1, token, [SMALL]))
