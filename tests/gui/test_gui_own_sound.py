"""The window says of each clip whether its own sound is in step, and where its picture belongs."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rushlock.gui import words
from rushlock.gui.bin.columns import SPECS, Column
from rushlock.gui.shoot import shoot_of
from rushlock.gui.standing import Standing
from rushlock.offsets.av_offset import AvEvidence, weighed
from rushlock.placements.own_sound import with_own_sound
from rushlock.placements.sync_map import Evidence


def told(seconds, *chances):
    kinds = ("shoot", "onsets")
    evidence = [AvEvidence(kind, seconds, 0.008, c, "") for kind, c in zip(kinds, chances, strict=False)]
    return weighed(evidence, Fraction(1, 25))


@pytest.fixture
def rows(synced_window):
    """Return the shoot's snapshot and four of its clips: unsure late, surely late, in step, not looked at."""
    _, shoot = synced_window
    placed = [p for p in shoot.sync_map.placements if p.clock is not None and p.status == "synced"][:4]
    heard = Evidence("sound", "", 0.0, 0.0, 0.99, True, "sound of another")
    sync_map = replace(shoot.sync_map, placements=tuple(replace(p, evidence=(heard,)) for p in placed))
    offsets = [told(0.083, 0.96), told(0.083, 0.97, 0.97), told(0.004, 0.97)]
    keys = [p.clip for p in placed]
    clips = [next(c for c in shoot.clips if c.key == key) for key in keys]
    after = with_own_sound(sync_map, dict(zip(keys, offsets, strict=False)), {c.key: c.camera for c in clips})
    snapshot = shoot_of(clips, (), after, after, {})
    return snapshot, [snapshot.by_key[key] for key in keys]


def test_the_bin_has_a_column_that_says_so_and_sorts_by_how_far_off(rows):
    snapshot, clips = rows
    spec = SPECS[Column.OWN_SOUND]
    texts = [spec.text(row, snapshot) for row in clips]
    late = "sound late by 83 ms (2 frames)"
    assert texts == [late, late, "in sync", ""]
    assert [spec.key(row) for row in clips] == [pytest.approx(0.083), pytest.approx(0.083), 0.0, None]


def test_an_unsure_one_is_for_review_with_its_reason_and_a_sure_one_says_where_its_picture_belongs(rows):
    snapshot, (unsure, sure, fine, unknown) = rows
    assert unsure.standing is Standing.REVIEW
    assert words.reason_text(unsure).endswith("its own sound is 83 ms late")
    assert "belongs" not in words.own_sound_fact(unsure, snapshot)
    assert sure.standing is Standing.SYNCED
    assert "its picture belongs" in words.own_sound_fact(sure, snapshot)
    assert words.own_sound_fact(fine, snapshot).startswith("in sync")
    assert words.own_sound_fact(unknown, snapshot) == ""
