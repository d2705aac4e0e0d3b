"""A sync map against a trusted timeline: differences are found to the frame, a common zero is taken out."""

from dataclasses import replace
from fractions import Fraction
from pathlib import PurePath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.timecode import Timecode
from rushlock.export.comparison import Verdict, compared
from rushlock.export.comparison_words import comparison_document, difference_words, summary
from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.export.report import page
from rushlock.placements.sync_map import Status
from rushlock.timeline.reading.any import timeline_rows

FORMS = [".otio", ".multicam.otio", ".xml", ".multiclip.xml", ".fcpxml"]


@pytest.fixture(scope="session")
def shoot(made_up):
    """Return a delivery of one clip a camera at some places in seconds; None: no place."""

    def of(*starts, groups=(), rate="25"):
        r25 = made_up.rate("25")
        clips = tuple(
            made_up.clip(
                f"CAM {n}", made_up.picture_file(f"/cards/{n}/C{n}.mov", r25, 500, Timecode(90_000, r25))
            )
            for n in range(len(starts))
        )
        placed = [
            made_up.placement(clip, start, group=group)
            for clip, start, group in zip(clips, starts, groups or [0] * len(starts), strict=True)
        ]
        return Delivery(clips, (), made_up.sync_map(*placed), "Day", made_up.rate(rate))

    return of


def trusted(delivery, tmp_path, suffix=".otio"):
    return timeline_rows(DIALECTS[suffix].write(tmp_path / f"trusted{suffix}", delivery))


def verdicts(comparison):
    return [clip.verdict for clip in comparison.clips]


@pytest.mark.parametrize("suffix", FORMS)
def test_a_shoot_agrees_with_what_was_written_of_it(delivery, suffix, tmp_path):
    """Drop-frame, a spanned clip, a clock step, drift, a recorder at its sample: none is a difference."""
    comparison = compared(delivery, trusted(delivery, tmp_path, suffix))
    assert comparison.agrees
    expected = [Verdict.LEFT_OUT if c.name == "B002.mov" else Verdict.RIGHT for c in delivery.clips]
    assert verdicts(comparison) == expected
    assert comparison.unknown == ()


@pytest.mark.parametrize("suffix", FORMS)
def test_a_clip_that_lies_elsewhere_is_told_by_how_much_and_the_others_agree(shoot, suffix, tmp_path):
    starts = (3600.0, 3601.0, 3602.0, 3603.0)
    true = trusted(shoot(*starts), tmp_path, suffix)
    comparison = compared(shoot(3600.0, 3601.0, 3602.2, 3603.0), true, "day")
    assert verdicts(comparison) == [Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG, Verdict.RIGHT]
    assert comparison.clips[2].difference == pytest.approx(0.2, abs=1e-6)
    assert comparison.frames(comparison.clips[2]) == pytest.approx(5, abs=1e-4)
    assert difference_words(comparison, comparison.clips[2]) == "+5.0 frames (+200 ms)"
    assert not comparison.agrees
    assert "1 clip elsewhere than there" in summary(comparison)


@given(zero=st.integers(-80_000, 80_000), later=st.integers(-3, 3))
def test_another_zero_is_no_difference_and_a_frame_is_allowed(shoot, tmp_path_factory, zero, later):
    there = shoot(3600.0, 3601.0, 3602.0)
    here = shoot(*(3600.0 + n + zero / 25 for n in range(2)), 3602.0 + (zero + later) / 25)
    comparison = compared(here, trusted(there, tmp_path_factory.mktemp("cut")), "day")
    (shift,) = comparison.shifts
    assert shift.seconds == pytest.approx(zero / 25, abs=1e-6)
    assert comparison.clips[2].difference == pytest.approx(later / 25, abs=1e-6)
    assert comparison.agrees == (abs(later) <= 1)


def test_groups_each_have_their_own_zero_and_a_clip_alone_on_a_clock_is_not_called_right(shoot, tmp_path):
    there = trusted(shoot(3600.0, 3601.0, 3602.0, 3603.0, 3604.0), tmp_path)
    comparison = compared(shoot(3600.0, 3601.0, 12.0, 13.0, 7.0, groups=(0, 0, 1, 1, 2)), there, "day")
    assert [round(shift.seconds, 6) for shift in comparison.shifts] == [0.0, -3590.0, -3597.0]
    assert verdicts(comparison) == [Verdict.RIGHT] * 4 + [Verdict.ALONE]
    said = " ".join(summary(comparison))
    assert (
        "group 2's zero makes everything 3590.000 s earlier than in day (median of 2 clips): taken out"
        in said
    )


def test_what_only_one_of_the_two_places_is_missing_extra_or_left_out(shoot, tmp_path, made_up):
    there = shoot(3600.0, 3601.0, None, 3602.0, None, 3603.0)
    here = shoot(3600.0, 3601.0, 3610.0, None, None, 3603.0)
    kept = tuple(p for p in here.sync_map.placements if p.clip != here.clips[5].key)
    here = replace(here, sync_map=replace(here.sync_map, placements=kept))
    comparison = compared(here, trusted(there, tmp_path))
    assert verdicts(comparison) == [
        Verdict.RIGHT,
        Verdict.RIGHT,
        Verdict.EXTRA,
        Verdict.MISSING,
        Verdict.LEFT_OUT,
        Verdict.LEFT_OUT,
    ]
    assert not comparison.agrees
    assert comparison.clips[3].trusted == 3602


def test_a_trimmed_clip_in_pieces_is_compared_where_each_piece_shows_it(shoot, tmp_path):
    """As an editor cuts: the middle of a clip, and another piece of it that was slipped by half a second."""
    delivery = shoot(3600.0, 3601.0, 3602.0)
    rows = [row for row in trusted(delivery, tmp_path) if row.kind == "Video"]
    middle = replace(rows[1], start=rows[1].start + 4, source=rows[1].source + 100, duration=Fraction(2))
    assert compared(delivery, [rows[0], middle, rows[2]]).agrees
    slipped = replace(middle, start=rows[1].start + 10, source=rows[1].source + 250 - 12)
    comparison = compared(delivery, [rows[0], middle, slipped, rows[2]])
    assert verdicts(comparison) == [Verdict.RIGHT, Verdict.WRONG, Verdict.RIGHT]
    assert comparison.frames(comparison.clips[1]) == pytest.approx(-12, abs=1e-3)


def test_files_are_known_by_name_timecode_and_folder_wherever_they_lie_now(shoot, tmp_path, made_up):
    delivery = shoot(3600.0, 3601.0, 3602.0)
    rows = trusted(delivery, tmp_path)
    moved = [replace(row, path=PureWindowsPath("E:/day") / row.path.name.upper()) for row in rows]
    assert compared(delivery, moved).agrees
    proxies = [replace(row, path=PurePath("/proxies", row.path.stem + ".mp4")) for row in rows]
    assert compared(delivery, proxies).agrees
    strange = [replace(rows[0], path=PurePath("/elsewhere/X.mov"))]
    comparison = compared(delivery, [*rows, *strange])
    assert comparison.unknown == ((PurePath("/elsewhere/X.mov"), "no file of the project is called so"),)


def test_of_two_cards_that_hold_the_same_name_the_right_one_is_meant_or_none(made_up, tmp_path):
    r25 = made_up.rate("25")
    files = [
        made_up.picture_file(f"/cards/{card}/C1.mov", r25, 500, Timecode(start, r25))
        for card, start in (("A", 90_000), ("B", 180_000), ("C", 90_000))
    ]
    clips = tuple(made_up.clip(f"CAM_{n}", file) for n, file in enumerate(files))
    placed = [made_up.placement(clip, 3600.0 + n) for n, clip in enumerate(clips)]
    delivery = Delivery(clips, (), made_up.sync_map(*placed), "Day", r25)
    rows = [row for row in trusted(delivery, tmp_path) if row.kind == "Video"]
    lost = [replace(row, path=PurePath("/now/C1.mov")) for row in rows]
    comparison = compared(delivery, lost)
    assert [clip.trusted is not None for clip in comparison.clips] == [False, True, False]
    assert "3 files of the project are called so" in comparison.unknown[0][1]
    nested = [replace(row, path=PurePath("/now", row.path.parent.name, "C1.mov")) for row in rows]
    assert compared(delivery, nested).agrees


def test_the_report_and_the_data_say_what_differs_worst_first(shoot, tmp_path):
    there = trusted(shoot(3600.0, 3601.0, 3602.0, 3603.0, 3604.0), tmp_path)
    here = shoot(3600.0, 3601.5, 3602.0, 3603.0, None)
    comparison = compared(here, there, "day <&>.otio")
    html = page.render(here, comparison)
    assert "Compared with day &lt;&amp;&gt;.otio" in html
    assert html.index("+12.5 frames (+500 ms)") < html.index("no place here")
    assert "Show the clips that agree" in html
    said = comparison_document(comparison)
    assert said["counts"]["wrong"] == said["counts"]["missing"] == 1
    assert [clip["verdict"] for clip in said["clips"]] == ["right", "wrong", "right", "right", "missing"]
    assert said["agrees"] is False


def test_a_doubtful_clip_that_lies_right_is_right(shoot, tmp_path):
    there = trusted(shoot(3600.0, 3601.0), tmp_path)
    here = shoot(3600.0, 3601.0)
    doubtful = replace(here.sync_map.placements[1], status=Status.REVIEW)
    here = replace(here, sync_map=replace(here.sync_map, placements=(here.sync_map.placements[0], doubtful)))
    assert compared(here, there).agrees
