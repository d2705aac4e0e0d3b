"""What pictures say together: views of one scene err together, pairs of sounds do not."""

from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.offsets.estimate import Estimate
from rushlock.placements.graph import weight_of, weight_of_all, witnesses

chances = st.lists(st.floats(0.05, 0.99), min_size=2, max_size=6)


def estimates(probabilities, method):
    return [
        Estimate(f"VIEW_{n}", "CLIP", Clock.line(1.0), 0.01, 1.0, 20.0, p, method)
        for n, p in enumerate(probabilities)
    ]


@given(chances)
def test_many_views_of_one_scene_weigh_more_than_the_best_and_less_than_as_many_sounds(probabilities):
    seen = weight_of_all(estimates(probabilities, "picture"))
    heard = weight_of_all(estimates(probabilities, "sound"))
    best = max(weight_of(e) for e in estimates(probabilities, "picture"))
    assert best < seen < heard


@given(chances)
def test_all_that_agree_by_picture_are_one_witness(probabilities):
    seen, heard = estimates(probabilities, "picture"), estimates(probabilities, "sound")
    assert witnesses(seen) == 1
    assert witnesses(heard) == len(probabilities)
    assert witnesses([*seen, *heard]) == len(probabilities) + 1
    assert witnesses([]) == 0
