import logging

import pytest

from rushlock.base.errors import UsageError
from rushlock.base.settings import Settings
from rushlock.jobs import devices
from rushlock.jobs.devices import chosen_device


@pytest.mark.parametrize(
    ("present", "best"), [(("cuda", "cpu"), "cuda"), (("mps", "cpu"), "mps"), (("cpu",), "cpu")]
)
def test_auto_takes_the_best_device_and_says_so_in_one_line(monkeypatch, caplog, present, best):
    monkeypatch.setattr(devices, "_present", lambda: present)
    with caplog.at_level(logging.INFO, logger="rushlock"):
        assert chosen_device(Settings()) == best
    assert [record.getMessage() for record in caplog.records] == [f"Computing on {best}"]


def test_the_cpu_is_always_there_and_may_be_asked_for():
    assert chosen_device(Settings(device="cpu")) == "cpu"


def test_a_device_that_is_absent_is_refused_with_what_there_is(monkeypatch):
    monkeypatch.setattr(devices, "_present", lambda: ("cpu",))
    with pytest.raises(UsageError, match="there is: cpu"):
        chosen_device(Settings(device="cuda"))


def test_a_device_nobody_knows_is_refused():
    with pytest.raises(UsageError, match="not abacus"):
        chosen_device(Settings(device="abacus"))
