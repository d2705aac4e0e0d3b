"""Which network votes: stand-ins are told as such, and none makes a place sure."""

from dataclasses import replace

import pytest

from rushlock.base.settings import Settings
from rushlock.offsets.pooling import EXPERIMENTAL_MOST
from rushlock.pipeline.net_choice import chosen_net


@pytest.mark.parametrize("name", ["standin"])
def test_no_stand_in_makes_a_place_sure_whether_its_votes_were_measured_or_not(name):
    choice = chosen_net(replace(Settings(), embeddings=name))
    assert choice.experimental
    assert choice.reliability.most <= EXPERIMENTAL_MOST < Settings().accept
