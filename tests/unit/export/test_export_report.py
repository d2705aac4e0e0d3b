"""The HTML report: what it says, and that nothing from outside becomes markup."""

import base64
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.export.delivery import Delivery
from rushlock.export.likeness import Likeness
from rushlock.export.report import page
from rushlock.export.report.cameras import camera_figures
from rushlock.export.report.markup import Markup, tag
from rushlock.export.table import table_rows

VOID = {"meta", "img"}


class Outline(HTMLParser):
    """Collects elements, text and whether every element was closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.elements, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def outline_of(html):
    outline = Outline()
    outline.feed(html)
    outline.close()
    assert not outline.open
    return outline


@given(st.text(), st.text())
def test_no_text_becomes_markup(words, value):
    outline = outline_of(tag("p", words, title=value))
    assert [name for name, _ in outline.elements] == ["p"]
    assert set(outline.elements[0][1]) == {"title"}


def test_markup_is_taken_as_it_is_and_attributes_can_be_left_out():
    assert tag("p", Markup("<b>x</b>"), class_="a", id=None) == '<p class="a"><b>x</b></p>'


def test_hostile_names_and_reasons_stay_text(delivery, made_up):
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J'
    evil = made_up.clip(attack, made_up.picture_file(f"/{attack}.mov", made_up.rate("25"), 50))
    placed = made_up.placement(evil, 1.0, reason=attack)
    html = page.render(
        replace(delivery, name=attack, clips=(evil,), sync_map=made_up.sync_map(placed), truth={})
    )
    outline = outline_of(html)
    assert not {"script", "img"} & {name for name, _ in outline.elements}
    assert not [attrs for _, attrs in outline.elements if any(key.startswith("on") for key in attrs)]
    assert "\x1b" not in html


def test_the_report_needs_nothing_from_outside(delivery):
    drawn = Likeness(delivery.clips[0].key, delivery.clips[1].key, "sound", b"not a picture")
    outline = outline_of(page.render(replace(delivery, likenesses=(drawn,))))
    linked = [attrs[a] for _, attrs in outline.elements for a in attrs if a in ("src", "href")]
    assert linked == ["data:image/png;base64," + base64.b64encode(drawn.png).decode()]
    assert not [text for text in outline.text if "@import" in text or "url(" in text]


def test_the_counts_add_up_and_every_clip_reason_and_file_is_named(delivery):
    html = page.render(delivery)
    outline = outline_of(html)
    tiles = {
        attrs["class"].split()[1] for name, attrs in outline.elements if "tile " in attrs.get("class", "")
    }
    assert tiles == {"all", "synced", "locked", "review", "unsynced", "unreadable"}
    text = "".join(outline.text)
    for clip in delivery.clips:
        assert clip.name in text
        assert delivery.sync_map.by_clip[clip.key].reason in text
    for words in (
        "CAM_B timecode is 12 f ahead",
        "/cards/CAM A/A003.mov",
        "the file is empty",
        "10:00:00;00",
    ):
        assert words in text
    assert "contradicts the rest" in text
    assert "cache_gib" in text


def test_a_bar_for_every_event_that_has_a_place(delivery):
    outline = outline_of(page.render(delivery))
    bars = [attrs for name, attrs in outline.elements if attrs.get("class", "").startswith("bar ")]
    # A two, B one, the action camera's two chapters, the phone's two halves, the recorder
    assert len(bars) == 8
    assert all(float(bar["x"]) >= 150 and float(bar["x"]) + float(bar["width"]) <= 1202.01 for bar in bars)


def test_truth_and_reliability_are_shown_only_where_known(delivery):
    with_both = page.render(delivery)
    without = page.render(replace(delivery, truth=None, reliability=()))
    assert "Off the truth" in with_both
    assert "+1.00 ms" in with_both
    assert "How far confidences can be trusted" in with_both
    assert "Off the truth" not in without
    assert "How far confidences can be trusted" not in without


def test_when_all_is_synced_it_says_so(delivery, made_up):
    clip = delivery.clips[0]
    html = page.render(
        replace(delivery, clips=(clip,), sync_map=made_up.sync_map(made_up.placement(clip, 0.0)))
    )
    assert "Nothing is left to look at." in html


def test_each_cameras_drift_and_timecodes_error_are_medians_over_its_placed_clips(made_up):
    rate = made_up.rate("25")
    clips = [
        made_up.clip("CAM_A", made_up.picture_file(f"/{n}.mov", rate, 50, day_seconds=Fraction(36_000 + n)))
        for n in range(4)
    ]
    silent = made_up.clip("CAM_B", made_up.picture_file("/b.mov", rate, 50))
    starts, drifts = (36_000.0 - 3600.5, 36_001.0 - 3600.5, 36_002.0 - 3600.48, None), (5e-6, 9e-6, 40e-6, 0)
    placed = [
        made_up.placement(clip, start, rate=1 + drift)
        for clip, start, drift in zip(clips, starts, drifts, strict=True)
    ]
    sync_map = made_up.sync_map(*placed, made_up.placement(silent, 1.0))
    shoot = Delivery((*clips, silent), (), sync_map, "Day", rate)
    first, second = camera_figures(table_rows(shoot), sync_map)
    assert (first.name, first.clips, first.placed) == ("CAM_A", 4, 3)
    assert first.drift_ppm == pytest.approx(9.0, abs=1e-6)
    assert first.timecode == pytest.approx(3600.5, abs=1e-6)
    assert first.spread == pytest.approx(0.02, abs=1e-6)
    assert (second.timecode, second.placed) == (None, 1)
    assert "+3600.500 s" in page.render(shoot)


def test_what_is_left_out_is_named_with_why(delivery):
    kept = tuple(p for p in delivery.sync_map.placements if p.clip != delivery.clips[0].key)
    html = page.render(replace(delivery, sync_map=replace(delivery.sync_map, placements=kept)))
    text = "".join(outline_of(html).text)
    assert "CAM_A/A001 #1.mov: excluded by you" in text
    assert "CAM_B/B002.mov: no sound" in text
