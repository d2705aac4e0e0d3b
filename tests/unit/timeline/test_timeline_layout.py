"""The layout in whole frames: collisions, contradictions, chapters, steps, groups, unsynced clips, rates."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock, Piece
from rushlock.base.rate import STANDARD_RATES
from rushlock.base.timecode import Timecode
from rushlock.placements.sync_map import Status
from rushlock.timeline.frame_rate import chosen_rate, commonest_rate
from rushlock.timeline.layout import layout


def spans(row):
    return [(event.record, event.frames) for event in row.events]


def laid(made_up, placed, rate="25", time_of_day=(True,), drop=False):
    clips, placements = zip(*placed, strict=True)
    return layout(clips, made_up.sync_map(*placements, time_of_day=time_of_day), made_up.rate(rate), drop)


def test_clips_that_collide_by_a_rounded_frame_keep_their_starts_and_the_earlier_loses_its_last_frame(
    made_up,
):
    # 100 frames from 0.5 frames on round to 1..101; the next begins at 100.4 and rounds to 100
    r25 = made_up.rate("25")
    first, second, third = (made_up.clip("A", made_up.picture_file(f"/{n}.mov", r25, 100)) for n in "123")
    starts = [Fraction(5, 250), Fraction(1004, 250), Fraction(2010, 250)]
    placed = [(c, made_up.placement(c, s)) for c, s in zip((first, second, third), starts, strict=True)]

    (row,) = laid(made_up, placed).rows

    assert spans(row) == [(1, 99), (100, 100), (201, 100)]


@given(
    rate=st.sampled_from(STANDARD_RATES),
    clips=st.lists(
        st.tuples(st.sampled_from(STANDARD_RATES), st.integers(30, 2000)), min_size=2, max_size=12
    ),
    begin=st.floats(0, 86400),
)
def test_clips_end_to_end_never_overlap_nor_shift_whatever_their_rates(made_up, rate, clips, begin):
    at, placed = Fraction(begin), []
    for number, (clip_rate, frames) in enumerate(clips):
        clip = made_up.clip("A", made_up.picture_file(f"/{number}.mov", clip_rate, frames))
        placed.append((clip, made_up.placement(clip, at)))
        at = Fraction(float(at + clip.duration))

    (row,) = laid(made_up, placed, rate=str(rate)).rows

    for (_, placement), event, after in zip(placed, row.events, [*row.events[1:], None], strict=True):
        assert event.record == rate.frame_at(placement.start)
        assert after is None or event.end <= after.record
        assert after is None or after.record - event.end <= 2  # rounded down in length, and to nearest twice


def test_a_clip_that_contradicts_its_camera_goes_whole_to_a_further_row_and_the_doubtful_gives_way(made_up):
    r25 = made_up.rate("25")
    sure, doubtful = (made_up.clip("A", made_up.picture_file(f"/{n}.mov", r25, 500)) for n in "12")
    placed = [
        (sure, made_up.placement(sure, 10.0)),
        (doubtful, made_up.placement(doubtful, 5.0, status=Status.REVIEW)),
    ]

    main, further = laid(made_up, placed).rows

    assert (main.name, spans(main)) == ("A", [(250, 500)])
    assert (further.name, further.camera, spans(further)) == ("A 2", "A", [(125, 500)])


def test_a_fast_clock_may_run_into_the_next_clip_by_what_its_drift_adds_up_to(made_up):
    # an hour whose clock runs 100 ppm fast fills 9 frames less than its length at 25
    r25 = made_up.rate("25")
    hour, after = (made_up.clip("A", made_up.picture_file(f"/{n}.mov", r25, 90_000)) for n in "12")
    placed = [(hour, made_up.placement(hour, 0.0, rate=0.9999)), (after, made_up.placement(after, 3599.64))]

    (row,) = laid(made_up, placed).rows

    assert spans(row) == [(0, 89_991), (89_991, 90_000)]


def test_chapters_are_one_event_each_and_each_lies_at_its_own_nearest_frame(made_up):
    r2997 = made_up.rate("29.97")
    files = [
        made_up.picture_file(f"/GX0{n}0042.MP4", r2997, 20_000, Timecode(20_000 * n, r2997, True))
        for n in range(3)
    ]
    spanned = made_up.clip("GOPRO", *files)
    rate = 1 + 40e-6

    (row,) = laid(made_up, [(spanned, made_up.placement(spanned, 100.0, rate=rate))]).rows

    for n, event in enumerate(row.events):
        true_place = 100 + Fraction(rate) * n * r2997.seconds_of(20_000)
        assert event.file is files[n]
        assert event.source.timecode == Timecode(20_000 * n, r2997, True)
        assert abs(Fraction(event.record, 25) - true_place) <= Fraction(1, 50)


def test_a_clock_that_leaps_ahead_splits_the_clip_and_leaves_a_gap(made_up):
    r25 = made_up.rate("25")
    clip = made_up.clip("A", made_up.picture_file("/a.mov", r25, 1000))
    clock = Clock((Piece(0.0, 10.0), Piece(20.01, 10.5)))

    (row,) = laid(made_up, [(clip, made_up.placement(clip, 10.0, clock=clock))]).rows

    # frame 501 (20.04 s) is the first that begins after the step
    assert [(e.first, e.record, e.frames) for e in row.events] == [(0, 250, 501), (501, 764, 499)]
    assert [e.step for e in row.events] == [0.0, pytest.approx(0.5)]


def test_a_clock_that_steps_back_cuts_what_was_recorded_before_the_step(made_up):
    r25 = made_up.rate("25")
    clip = made_up.clip("A", made_up.picture_file("/a.mov", r25, 1000))
    clock = Clock((Piece(0.0, 10.0), Piece(20.0, 9.0)))

    (row,) = laid(made_up, [(clip, made_up.placement(clip, 10.0, clock=clock))]).rows

    assert [(e.first, e.record, e.frames) for e in row.events] == [(0, 250, 475), (500, 725, 500)]


def test_a_picture_that_begins_after_its_sound_is_laid_where_the_picture_begins(made_up):
    r25 = made_up.rate("25")
    file = made_up.picture_file("/a.mov", r25, 100)
    picture = type(file.pictures[0])(0, "h264", 1920, 1080, r25, False, 100, Fraction(2, 25), Fraction(4))
    late = made_up.clip("A", made_up.picture_file("/a.mov", r25, 100, pictures=(picture,)))

    (row,) = laid(made_up, [(late, made_up.placement(late, 10.0))]).rows

    assert spans(row) == [(252, 100)]


def test_groups_without_time_of_day_follow_one_another_with_pauses_and_keep_their_insides(made_up):
    r25 = made_up.rate("25")
    clips = [made_up.clip(camera, made_up.picture_file(f"/{camera}.mov", r25, 250)) for camera in "ABCD"]
    starts, groups = [0.0, 2.0, -500.0, 1e6], [0, 0, 1, 2]
    placed = [(c, made_up.placement(c, s, group=g)) for c, s, g in zip(clips, starts, groups, strict=True)]

    plan = laid(made_up, placed, time_of_day=(False, False, False))

    assert [spans(row) for row in plan.rows] == [[(0, 250)], [(50, 250)], [(550, 250)], [(1050, 250)]]
    assert [(g.group, g.record) for g in plan.moved_groups] == [(1, 550), (2, 1050)]
    assert plan.start == Timecode(0, r25)


def test_groups_with_time_of_day_share_its_clock(made_up):
    r25 = made_up.rate("25")
    clips = [made_up.clip(camera, made_up.picture_file(f"/{camera}.mov", r25, 250)) for camera in "ABC"]
    placed = [
        (clips[0], made_up.placement(clips[0], 7200.0, group=0)),
        (clips[1], made_up.placement(clips[1], 3600.0, group=1)),
        (clips[2], made_up.placement(clips[2], 5.0, group=2)),
    ]

    plan = laid(made_up, placed, time_of_day=(True, True, False))

    assert [row.events[0].record for row in plan.rows] == [180_000, 90_000, 180_500]
    assert str(plan.start) == "01:00:00:00"


def test_unsynced_clips_stand_after_everything_on_rows_of_their_own(made_up):
    r25 = made_up.rate("25")
    a, b, lost, lost_too = (
        made_up.clip(camera, made_up.picture_file(f"/{n}.mov", r25, 250)) for n, camera in enumerate("ABAA")
    )
    placed = [(a, made_up.placement(a, 0.0)), (b, made_up.placement(b, 30.0))]
    placed += [(c, made_up.placement(c, None)) for c in (lost, lost_too)]

    plan = laid(made_up, placed)

    assert [(row.name, row.camera, row.synced) for row in plan.rows] == [
        ("A", "A", True),
        ("B", "B", True),
        ("Unsynced A", "A", False),
    ]
    assert spans(plan.rows[2]) == [(1025, 250), (1300, 250)]


def test_a_clip_that_the_sync_map_leaves_out_is_not_laid(made_up):
    clip = made_up.clip("A", made_up.picture_file("/a.mov", made_up.rate("25"), 10))
    plan = layout([clip], made_up.sync_map(), made_up.rate("25"), False)
    assert plan.rows == ()


def test_the_timeline_starts_at_the_time_of_day_also_past_midnight(made_up):
    r2997 = made_up.rate("29.97")
    clip = made_up.clip("A", made_up.picture_file("/a.mov", r2997, 10))
    midnight = Timecode(0, r2997, True).frames_per_day
    plan = laid(
        made_up, [(clip, made_up.placement(clip, r2997.seconds_of(midnight + 3)))], rate="29.97", drop=True
    )
    assert (str(plan.start), plan.origin) == ("00:00:00;03", midnight + 3)


def test_auto_takes_the_rate_of_most_seconds_and_its_counting(made_up):
    short = made_up.clip("A", made_up.picture_file("/a.mov", made_up.rate("50"), 5000))
    r2997 = made_up.rate("29.97")
    long = made_up.clip("B", made_up.picture_file("/b.mov", r2997, 4000, Timecode(0, r2997, True)))
    assert chosen_rate("auto", [short, long]) == (r2997, True)
    assert chosen_rate("50", [short, long]) == (made_up.rate("50"), False)
    assert chosen_rate("59.94DF", [short]) == (made_up.rate("59.94"), True)


def test_auto_makes_a_standard_rate_of_an_average_and_does_without_pictures(made_up):
    phone = made_up.clip("P", made_up.picture_file("/p.mp4", made_up.rate("29.87"), 100))
    recorder = made_up.clip("R", made_up.sound_file("/r.wav", 48_000))
    r24 = made_up.rate("23.976")
    stamped = made_up.clip("R", made_up.sound_file("/r.wav", 48_000, timecode=Timecode(0, r24)))
    assert str(commonest_rate([phone])) == "29.97"
    assert str(commonest_rate([recorder])) == "25"
    assert str(commonest_rate([recorder, stamped])) == "23.976"
    assert str(commonest_rate([])) == "25"


def test_a_file_with_nothing_to_show_takes_no_place(made_up):
    r25 = made_up.rate("25")
    hollow = made_up.clip("A", made_up.picture_file("/a.mov", r25, 10, pictures=(), sounds=()))
    lost = made_up.clip("B", made_up.picture_file("/b.mov", r25, 10, pictures=(), sounds=()))
    assert (
        laid(made_up, [(hollow, made_up.placement(hollow, 0.0)), (lost, made_up.placement(lost, None))]).rows
        == ()
    )
