"""Which pairs are looked at: enough to hold every clip, not more than grows with the clips."""

from hypothesis import given
from hypothesis import strategies as st

from rushlock.offsets.estimate import Candidate
from rushlock.offsets.pairing import EACH, chosen_pairs, worth_refining


def peaks(scores):
    return {pair: [Candidate(0.0, score, 10.0)] for pair, score in scores.items()}


@given(st.integers(2, 40), st.randoms(use_true_random=False))
def test_work_grows_with_clips_and_the_forest_is_spanned(clips, random):
    scores = {(a, b): random.uniform(4, 60) for a in range(clips) for b in range(a + 1, clips)}
    pairs = chosen_pairs(peaks(scores), clips)
    assert len(pairs) <= clips * (EACH + 1)
    reached, grew = {0}, True
    while grew:
        more = {x for p in pairs if reached & set(p) for x in p}
        grew = not more <= reached
        reached |= more
    assert reached == set(range(clips))


def test_pairs_without_a_peak_above_noise_are_left_alone():
    assert chosen_pairs(peaks({(0, 1): 3.0}), 2) == []
    assert chosen_pairs({(0, 1): []}, 2) == []


def test_only_rivals_near_the_best_are_refined():
    candidates = [Candidate(float(i), score, 10.0) for i, score in enumerate((50.0, 40.0, 12.0, 5.0))]
    assert worth_refining(candidates) == candidates[:2]
    assert worth_refining([]) == []
