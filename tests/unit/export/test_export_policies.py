"""Policies change what is handed out as they say, and losses are counted of the very shoot."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rushlock.base.errors import UsageError
from rushlock.base.timecode import Timecode
from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.policy import ChannelNames, Groups, Kept, Policy, Scratch, StartFrom
from rushlock.export.registry import DIALECTS
from rushlock.export.sequences import sequences
from rushlock.placements.sync_map import Status


def with_policy(delivery, **choices):
    return replace(delivery, policy=Policy(**choices))


def only(delivery, **choices):
    (sequence,) = sequences(with_policy(delivery, **choices))
    return sequence


def events_of(sequence):
    return [event for row in sequence.plan.rows for event in row.events]


def test_dropped_scratch_sound_leaves_recorders_alone(delivery):
    sounding = {e.clip.camera for e in events_of(only(delivery, scratch=Scratch.DROPPED)) if e.source.sound}
    assert sounding == {"MIX"}


def test_muted_scratch_sound_is_there_and_switched_off_in_every_dialect_that_can(delivery, tmp_path):
    sequence = only(delivery, scratch=Scratch.MUTED)
    assert {e.clip.camera for e in events_of(sequence) if sequence.is_muted(e)} == {
        "CAM_A",
        "CAM_B",
        "GOPRO",
        "PHONE",
    }
    muted = with_policy(delivery, scratch=Scratch.MUTED)
    for suffix, sign in (
        (".otio", '"enabled": false'),
        (".xml", "<enabled>FALSE"),
        (".fcpxml", 'enabled="0"'),
    ):
        dialect = DIALECTS[suffix]
        assert sign in dialect.write(tmp_path / f"muted{suffix}", muted).read_text("utf-8")
        assert sign not in dialect.write(tmp_path / f"kept{suffix}", delivery).read_text("utf-8")


def test_only_reviewed_clips_leaves_out_what_waits(delivery):
    kept = events_of(only(delivery, clips=Kept.REVIEWED))
    assert not {e.placement.status for e in kept} & {Status.REVIEW, Status.UNSYNCED}
    assert len({e.clip.key for e in kept}) == 5


def test_groups_apart_are_a_sequence_each_and_what_has_no_place_one_of_its_own(delivery, made_up, tmp_path):
    a1, a2, b1, lost, *_ = delivery.clips
    sync_map = made_up.sync_map(
        made_up.placement(a1, 36_000.0),
        made_up.placement(a2, 5.0, group=1),
        made_up.placement(b1, 7.0, group=1),
        made_up.placement(lost, None),
        time_of_day=(True, False),
    )
    split = replace(delivery, sync_map=sync_map)
    assert len(sequences(split)) == 1
    apart = with_policy(split, groups=Groups.APART)
    assert [s.name for s in sequences(apart)] == ["Day 3 group 1", "Day 3 group 2", "Day 3 unsynced"]
    assert [len(events_of(s)) for s in sequences(apart)] == [1, 2, 1]
    second = sequences(apart)[1].plan
    assert (str(second.start), second.moved_groups) == ("00:00:00;00", ())
    DIALECTS[".otio"].write(tmp_path / "day.otio", apart)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "day group 1.otio",
        "day group 2.otio",
        "day unsynced.otio",
    ]


def test_the_masters_timecode_is_shown_at_the_masters_first_frame(made_up):
    rate = made_up.rate("25")
    master = made_up.clip("A", made_up.picture_file("/a.mov", rate, 250, Timecode.parse("01:00:00:00", rate)))
    early = made_up.clip("B", made_up.picture_file("/b.mov", rate, 500, Timecode.parse("17:00:00:00", rate)))
    sync_map = made_up.sync_map(
        made_up.placement(master, 36_010.0), made_up.placement(early, 36_000.0), master=master.key
    )
    sequence = only(Delivery((master, early), (), sync_map, "Day", rate), start_from=StartFrom.MASTER)
    (event,) = [e for e in events_of(sequence) if e.clip.key == master.key]
    assert str(sequence.plan.timecode_at(event.record)) == "01:00:00:00"
    assert str(sequence.plan.start) == "00:59:50:00"


def test_handles_cut_to_what_others_cover_and_the_sync_stays(made_up):
    rate, pal = made_up.rate("50"), made_up.rate("25")
    long = made_up.clip("A", made_up.picture_file("/a.mov", pal, 25 * 100, Timecode(90_000, pal)))
    short = made_up.clip("B", made_up.picture_file("/b.mov", rate, 50 * 10, Timecode(0, rate)))
    lone = made_up.clip("C", made_up.picture_file("/c.mov", rate, 50 * 10, Timecode(0, rate)))
    sync_map = made_up.sync_map(
        made_up.placement(long, 0.0), made_up.placement(short, 40.0), made_up.placement(lone, 500.0)
    )
    delivery = Delivery((long, short, lone), (), sync_map, "Day", rate)
    cut, whole, alone = events_of(only(delivery, handles=2.0))
    assert (cut.first, cut.record, cut.frames) == (38 * 25, 38 * 50, 14 * 50)
    assert cut.place == Fraction(38)
    assert (whole.record, whole.frames) == (40 * 50, 500)
    assert (alone.record, alone.frames) == (500 * 50, 500)  # nothing overlaps it: nothing is thrown away


def test_a_recorders_tracks_are_called_as_its_mixer_called_them(made_up, tmp_path):
    file = made_up.sound_file("/T01.wav", 48_000, channels=2)
    named = replace(file, sounds=(replace(file.sounds[0], names=("Boom", "Anna, close")),))
    mix = made_up.clip("MIX", named)
    delivery = Delivery((mix,), (), made_up.sync_map(made_up.placement(mix, 0.0)), "Day")
    said = {}
    for choice in ChannelNames:
        for suffix in (".xml", ".fcpxml"):
            path = DIALECTS[suffix].write(
                tmp_path / f"x{suffix}", with_policy(delivery, channel_names=choice)
            )
            said[choice, suffix] = path.read_text("utf-8")
    assert "<name>MIX Boom</name>" in said[ChannelNames.IXML, ".xml"]
    assert "<name>MIX 1</name>" in said[ChannelNames.NUMBERS, ".xml"]
    assert 'role="dialogue.Anna  close"' in said[ChannelNames.IXML, ".fcpxml"]
    assert 'role="dialogue.MIX 2"' in said[ChannelNames.NUMBERS, ".fcpxml"]


def test_a_policy_out_of_bounds_is_a_usage_error():
    with pytest.raises(UsageError, match="handles"):
        Policy(handles=-2.0)


def test_drift_is_counted_in_half_frames_of_this_shoot(made_up):
    rate = made_up.rate("25")
    clips = [made_up.clip(name, made_up.picture_file(f"/{name}.mov", rate, 25_000)) for name in "ABC"]
    # 25,000 frames at 25 ppm drift 0.625 frames, at 15 ppm 0.375
    ppm = dict(zip("ABC", (25, -25, 15), strict=True))
    placements = [made_up.placement(clip, 0.0, rate=1 + ppm[clip.camera] * 1e-6) for clip in clips]
    delivery = Delivery(tuple(clips), (), made_up.sync_map(*placements), "Day", rate)
    (sentence,) = losses.drift(delivery, "EDL")
    assert sentence.startswith("2 clips drift by more than half a frame")
    assert sentence.endswith("EDL cannot say so")


@pytest.mark.parametrize("suffix", DIALECTS)
def test_every_dialect_tells_losses_and_a_timeline_how_it_gets_into_the_nle(delivery, suffix):
    dialect = DIALECTS[suffix]
    assert all(isinstance(sentence, str) and sentence for sentence in dialect.losses(delivery))
    assert dialect.steps or suffix in (".json", ".csv", ".html")
