"""Metrics of classes of offset are those of the published code, and by definition."""

import json
import math

import numpy as np
import pytest

from rushlock.evaluation.offset_metrics import average_precision, figures_of, roc_auc

STATED = 1e-7
"""The reference's shares passed through float32; its means are float64."""


@pytest.fixture(scope="module")
def known(kits):
    return np.load(kits / "sparsestream" / "fixtures" / "metrics_seed20.npz")


@pytest.mark.parametrize(("case", "tops"), [("a", (1, 5)), ("b", (1, 3)), ("missing", (1, 5))])
def test_figures_are_those_of_the_reference(known, case, tops):
    found = figures_of(known[f"{case}_logits"], known[f"{case}_targets"])
    for top in tops:
        assert found.accuracy[top] == pytest.approx(float(known[f"{case}/accuracy_{top}"]), abs=STATED)
        assert found.near[top] == pytest.approx(float(known[f"{case}/accuracy_{top}_tol1"]), abs=STATED)
    if case != "missing":
        assert found.precision == pytest.approx(float(known[f"{case}/mAP"]), abs=STATED)
        assert found.roc_auc == pytest.approx(float(known[f"{case}/mROCAUC"]), abs=STATED)
        assert found.d_prime == pytest.approx(float(known[f"{case}/dprime"]), abs=10 * STATED)


def test_a_class_that_never_was_the_truth_is_left_out_of_the_means(known):
    found = figures_of(known["missing_logits"], known["missing_targets"])
    absent = found.classes[4]
    assert absent.items == 0
    assert all(math.isnan(value) for value in (absent.accuracy, absent.precision, absent.roc_auc))
    others = [each.precision for each in found.classes if each.items]
    assert found.precision == pytest.approx(sum(others) / 20)
    assert json.loads(json.dumps(found.as_dict()))["classes"][4]["precision"] is None


def test_classes_together_are_the_whole(known):
    found = figures_of(known["a_logits"], known["a_targets"])
    assert sum(each.items for each in found.classes) == found.items == 600
    assert sum(each.items * each.accuracy for each in found.classes) / 600 == pytest.approx(found.accuracy[1])
    assert sum(each.items * each.near for each in found.classes) / 600 == pytest.approx(found.near[1])


def test_curves_by_definition_with_equal_scores():
    random = np.random.default_rng(1)
    scores, positive = random.integers(0, 6, 40).astype(float), random.random(40) < 0.4
    pairs = [(p, n) for p in scores[positive] for n in scores[~positive]]
    wins = sum((p > n) + (p == n) / 2 for p, n in pairs)
    assert roc_auc(scores, positive) == pytest.approx(wins / len(pairs))
    expected, before = 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        taken = scores >= threshold
        recall = (taken & positive).sum() / positive.sum()
        expected += (recall - before) * positive[taken].mean()
        before = recall
    assert average_precision(scores, positive) == pytest.approx(expected)


def test_a_constant_answer_is_told_its_due():
    logits = np.eye(5)[[2, 2, 2, 2]] * 3
    found = figures_of(logits, np.array([2, 2, 1, 4]))
    assert (found.accuracy[1], found.constant) == (0.5, 0.5)
    assert (found.near[1], found.constant_near) == (0.75, 0.75)


@pytest.mark.parametrize(
    ("logits", "targets", "why"),
    [
        (np.zeros((0, 3)), [], "do not go with"),
        (np.zeros((2, 3)), [0], "do not go with"),
        (np.zeros((1, 3)), [3], "none of the classes"),
        (np.array([[0.0, math.nan, 1.0]]), [0], "no number"),
    ],
)
def test_what_cannot_be_measured_is_refused(logits, targets, why):
    with pytest.raises(ValueError, match=why):
        figures_of(logits, np.array(targets, int))
