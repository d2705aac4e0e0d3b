"""Where a clip's own sound is surely off, its picture goes where it belongs, exactly."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rushlock.export import losses
from rushlock.export.policy import Lead, Policy
from rushlock.export.registry import DIALECTS
from rushlock.export.sequences import sequences
from rushlock.export.sync_json import document
from rushlock.export.synced_sound.dialect import recordings
from rushlock.offsets.av_offset import AvEvidence, weighed
from rushlock.placements.sync_map import Evidence, Status

LATE = 0.0831


def told(seconds, chance):
    return weighed([AvEvidence("shoot", seconds, 0.005, chance, "against others")], Fraction(1, 25))


@pytest.fixture
def late(delivery):
    """Return the shoot with every clip that has both lying by its sound, which is surely late."""
    both = {clip.key for clip in delivery.clips if clip.picture is not None and clip.has_sound}
    heard = Evidence("sound", "", 0.0, 0.0, 0.99, True, "sound of another")
    placements = [
        replace(p, own_sound=told(LATE, 0.999) if p.clip in both else None, evidence=(heard,))
        for p in delivery.sync_map.placements
    ]
    return replace(delivery, sync_map=replace(delivery.sync_map, placements=tuple(placements)))


def records(delivery):
    (sequence,) = sequences(delivery)
    events = [e for row in sequence.plan.rows if row.synced for e in row.events]
    return {(e.clip.key, e.chapter, e.first): e for e in events}


def test_pictures_go_to_the_frame_nearest_their_true_place_and_nothing_else_moves(late):
    rate = late.timeline_rate
    before = records(replace(late, policy=Policy(lead=Lead.SOUND)))
    after = records(late)
    assert before.keys() == after.keys()
    for key, event in after.items():
        was, status = before[key], event.placement.status
        leads = event.placement.own_sound is not None and status in (Status.SYNCED, Status.REVIEW)
        # Starts are doubles, at 10^5 s to 2^-36 s; what frames are counted from is exact.
        assert float(event.place - was.place) == pytest.approx(LATE if leads else 0.0, abs=1e-9)
        assert event.record == rate.frame_at(event.place)


def test_whatever_is_not_sure_by_two_witnesses_or_set_by_hand_stays(late):
    unsure = [replace(p, own_sound=p.own_sound and told(LATE, 0.97)) for p in late.sync_map.placements]
    for placements in (unsure, [replace(p, status=Status.MANUAL) for p in late.sync_map.placements]):
        delivery = replace(late, sync_map=replace(late.sync_map, placements=tuple(placements)))
        as_heard = replace(delivery, policy=Policy(lead=Lead.SOUND))
        assert {k: e.record for k, e in records(delivery).items()} == {
            k: e.record for k, e in records(as_heard).items()
        }
        assert losses.own_sound(delivery) == ()


def test_less_than_half_a_frame_moves_nothing(late):
    tiny = [replace(p, own_sound=p.own_sound and told(0.016, 0.999)) for p in late.sync_map.placements]
    delivery = replace(late, sync_map=replace(late.sync_map, placements=tuple(tiny)))
    assert losses.own_sound(delivery) == ()


def test_with_a_recorder_the_late_sound_is_switched_off_and_every_dialect_says_so(late, tmp_path):
    (sequence,) = sequences(late)
    for event in (e for row in sequence.plan.rows if row.synced for e in row.events if e.source.picture):
        moved = event.placement.status in (Status.SYNCED, Status.REVIEW)
        assert sequence.is_muted(event) == (moved and event.source.sound)
    (sentence,) = losses.own_sound(late)
    assert "83 ms" in sentence
    assert "switched off" in sentence
    for suffix in (".otio", ".xml", ".fcpxml", ".edl", ".aaf"):
        assert sentence in DIALECTS[suffix].losses(late)


def test_sync_json_tells_where_the_sound_and_where_the_picture_starts(late):
    told = [
        clip for clip in document(late)["clips"].values() if clip["own_sound"] and clip["start"] is not None
    ]
    assert told
    for clip in told:
        leads = clip["status"] in ("synced", "review")
        assert clip["own_sound"]["late"] == pytest.approx(LATE)
        assert clip["picture_start"] - clip["start"] == pytest.approx(LATE if leads else 0.0, abs=1e-9)


def test_synced_sound_is_laid_where_it_belongs_whoever_leads(late):
    by_picture = {one.clip.key: one.placement.clock for one in recordings(late)}
    by_sound = {
        one.clip.key: one.placement.clock for one in recordings(replace(late, policy=Policy(lead=Lead.SOUND)))
    }
    assert by_picture == by_sound
