"""AAF, read back by pyaaf2's chain of mobs and by OpenTimelineIO's reader."""

from dataclasses import replace
from fractions import Fraction
from pathlib import PureWindowsPath

import aaf2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import STANDARD_RATES
from rushlock.base.timecode import Timecode
from rushlock.export.aaf.dialect import DIALECT
from rushlock.export.delivery import Delivery
from rushlock.export.policy import Groups, Policy, Scratch
from rushlock.timeline.uri import path_of

RATES = [rate for rate in STANDARD_RATES if rate.fps <= 60]
COUNTINGS = [(rate, False) for rate in RATES] + [(rate, True) for rate in RATES if rate.allows_drop]
NAMES = ["A 1.mov", "Dä & <b> \"q\" 'x' #%20.mov", "E🎬.mov", "日本.mov"]


def counting_name(counting):
    return f"{counting[0]}{'DF' if counting[1] else ''}"


def shown(aaf, kind="Picture"):
    """Yield (track, record, clip component) of what a sequence's tracks of a kind show."""
    for sequence in aaf.content.toplevel():
        for slot in sequence.slots:
            if slot.media_kind != kind:
                continue
            at = 0
            for component in slot.segment.components:
                if isinstance(component, aaf2.components.SourceClip):
                    yield slot, at, component
                at += component.length


def source_of(component):
    """Return master, file mob and source timecode of a component, by the chain of mobs."""
    master = component.mob
    master_slot = component.slot
    file_mob = master_slot.segment.mob
    on_tape = file_mob.slot_at(master_slot.segment.slot_id).segment
    (code,) = (slot for slot in on_tape.mob.slots if slot.media_kind == "Timecode")
    assert code["PhysicalTrackNumber"].value == 1
    label = code.segment.start + on_tape.start + master_slot.segment.start
    return master, file_mob, on_tape.mob, (label, code.segment.fps, code.segment.drop)


def locator(file_mob):
    return next(iter(file_mob.descriptor["Locator"].value))["URLString"].value


@st.composite
def one_of_each(draw):
    """Draw a clip for each of some countings: (rate, drop, label, frames, start in seconds)."""
    clips = []
    for rate, drop in draw(st.lists(st.sampled_from(COUNTINGS), min_size=2, max_size=4)):
        label = draw(st.integers(0, Timecode(0, rate, drop).frames_per_day - 1))
        frames = draw(st.integers(rate.timebase, 60 * rate.timebase))
        clips.append((rate, drop, label, frames, Fraction(draw(st.floats(3600, 80_000)))))
    return clips


@pytest.mark.parametrize("counting", COUNTINGS, ids=counting_name)
@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=one_of_each())
def test_places_timecode_reels_and_paths_survive(counting, drawn, made_up, tmp_path):
    rate, drop = counting
    clips, placements = [], []
    for number, (clip_rate, clip_drop, label, frames, start) in enumerate(drawn):
        timecode = Timecode(label, clip_rate, clip_drop)
        path = f"/cards/{number}/{NAMES[number]}"
        file = made_up.picture_file(path, clip_rate, frames, timecode, reel=f"R {number}")
        clips.append(made_up.clip(f"CAM {number}", file))
        placements.append(made_up.placement(clips[-1], start))
    delivery = Delivery(tuple(clips), (), made_up.sync_map(*placements), "day", rate, drop)
    DIALECT.write(tmp_path / "day.aaf", delivery)

    with aaf2.open(str(tmp_path / "day.aaf")) as aaf:
        (sequence,) = aaf.content.toplevel()
        code = next(slot.segment for slot in sequence.slots if slot.media_kind == "Timecode")
        assert (code.fps, code.drop) == (rate.timebase, drop)
        assert sum(1 for _ in shown(aaf, "Sound")) == 2 * len(clips)
        found = {slot.name: (at, component) for slot, at, component in shown(aaf)}
        for number, (clip_rate, clip_drop, label, frames, start) in enumerate(drawn):
            at, component = found[f"CAM {number}"]
            master, file_mob, tape, timecode = source_of(component)
            assert abs(code.start + at - start * rate.fps) <= Fraction(1, 2)
            assert timecode == (label, clip_rate.timebase, clip_drop)
            assert component.start == 0
            assert component.slot.edit_rate == clip_rate.fps
            assert component.slot.length == frames
            assert tape.name == f"R {number}"
            assert master.name == NAMES[number]
            assert str(path_of(locator(file_mob))) == f"/cards/{number}/{NAMES[number]}"
            length = clip_rate.seconds_of(frames) * rate.fps
            assert length - 1 < component.length <= max(length, 1)


def test_opentimelineio_reads_the_same_sequence(delivery, tmp_path):
    reader = pytest.importorskip("otio_aaf_adapter.adapters.advanced_authoring_format")
    timeline = reader.read_from_file(str(DIALECT.write(tmp_path / "day.aaf", delivery)))
    start = round(timeline.global_start_time.value)
    places = {}
    for track in timeline.video_tracks():
        for clip in track.find_clips():
            at = start + round(clip.range_in_parent().start_time.value)
            places[track.name, clip.name, round(clip.source_range.start_time.value)] = (at, clip)
    ten = 1_078_920  # 10:00:00;00 at 29.97
    expected = {
        ("CAM_A", "A001 #1.mov", ten): 0,
        ("CAM_A", "A002.mov", ten + 3600): 3597,  # 120.011 s after ten, which is 0.036 s after the first
        ("CAM_B", "=B001 <é>.mov", ten + 450): 450,
        ("GOPRO", "GX010042.MP4", ten + 1500): 1499,
        ("GOPRO", "GX020042.MP4", ten + 3000): 2999,
        ("PHONE", "IMG_1.mov", 0): 599,
        ("PHONE", "IMG_1.mov", 300): 907,
    }
    first = places["CAM_A", "A001 #1.mov", ten][0]
    synced = {key: at - first for key, (at, _) in places.items() if not key[0].startswith("Unsynced")}
    assert synced == expected
    markers = {
        (clip.name, m.name.split(":")[0], m.color) for _, clip in places.values() for m in clip.markers
    }
    assert markers == {
        ("A002.mov", "locked", "GREEN"),
        ("=B001 <é>.mov", "review", "ORANGE"),
        ("B002.mov", "unsynced", "RED"),
        ("IMG_1.mov", "clock step", "YELLOW"),
    }
    assert [track.name for track in timeline.audio_tracks()][-10:-2] == [f"MIX {n}" for n in range(1, 9)]


def test_the_same_shoot_gives_the_same_bytes_and_a_moved_clip_another_sequence(delivery, tmp_path):
    one, two, three = (tmp_path / f"{n}.aaf" for n in "123")
    DIALECT.write(one, delivery)
    DIALECT.write(two, delivery)
    assert one.read_bytes() == two.read_bytes()
    moved = [
        replace(p, clock=p.clock.shifted(1.0)) if n == 1 else p
        for n, p in enumerate(delivery.sync_map.placements)
    ]
    DIALECT.write(three, replace(delivery, sync_map=replace(delivery.sync_map, placements=tuple(moved))))

    def identities(path):
        with aaf2.open(str(path)) as aaf:
            masters = {str(mob.mob_id) for mob in aaf.content.mastermobs()}
            return masters, {str(mob.mob_id) for mob in aaf.content.toplevel()}

    assert identities(one)[0] == identities(three)[0]
    assert not identities(one)[1] & identities(three)[1]


def test_groups_apart_are_sequences_of_one_file_that_share_their_media(delivery, made_up, tmp_path):
    placements = [replace(p, group=1) if n == 2 else p for n, p in enumerate(delivery.sync_map.placements)]
    sync_map = replace(delivery.sync_map, placements=tuple(placements), groups=2, time_of_day=(True, False))
    apart = replace(delivery, sync_map=sync_map, policy=Policy(groups=Groups.APART))
    with aaf2.open(str(DIALECT.write(tmp_path / "day.aaf", apart))) as aaf:
        names = sorted(mob.name for mob in aaf.content.toplevel())
        assert names == ["Day 3 group 1", "Day 3 group 2", "Day 3 unsynced"]
        assert len(list(aaf.content.mastermobs())) == 8


def test_media_on_windows_and_on_a_share_are_linked_by_path(made_up, tmp_path):
    rate = made_up.rate("25")
    paths = [PureWindowsPath("C:\\Rushes\\Tag 3\\ä#1.mov"), PureWindowsPath("\\\\nas\\day 3\\b.mov")]
    clips = [
        made_up.clip(f"C{n}", replace(made_up.picture_file(f"/{n}.mov", rate, 50), path=path))
        for n, path in enumerate(paths)
    ]
    plan = made_up.sync_map(*(made_up.placement(clip, 1.0) for clip in clips))
    with aaf2.open(
        str(DIALECT.write(tmp_path / "d.aaf", Delivery(tuple(clips), (), plan, "d", rate)))
    ) as aaf:
        read = {path_of(locator(source_of(component)[1])) for _, _, component in shown(aaf)}
    assert read == set(paths)


def test_an_mxf_keeps_its_own_umid(made_up, tmp_path):
    umid = "060a2b34010101050101" + "0d1213" + "000000" + "00112233445566778899aabbccddeeff"
    file = made_up.picture_file("/a.mxf", made_up.rate("25"), 50, container="mxf", family=f"0x{umid.upper()}")
    clip = made_up.clip("A", file)
    plan = made_up.sync_map(made_up.placement(clip, 1.0))
    with aaf2.open(str(DIALECT.write(tmp_path / "d.aaf", Delivery((clip,), (), plan, "d")))) as aaf:
        (master,) = aaf.content.mastermobs()
        assert bytes(master.mob_id.bytes_le).hex() == umid


def test_muted_sound_stays_in_the_master_clips_alone(delivery, tmp_path):
    quiet = replace(delivery, policy=Policy(scratch=Scratch.MUTED))
    with aaf2.open(str(DIALECT.write(tmp_path / "d.aaf", quiet))) as aaf:
        assert {slot.name.split()[0] for slot, _, _ in shown(aaf, "Sound")} == {"MIX"}
        master = next(mob for mob in aaf.content.mastermobs() if mob.name == "A002.mov")
        assert sum(slot.media_kind == "Sound" for slot in master.slots) == 2
    assert any("muted" in words for words in DIALECT.losses(quiet))


def test_a_cancelled_export_leaves_nothing(delivery, tmp_path):
    token = CancelToken()
    stage = DIALECT.export(tmp_path / "d.aaf", delivery, token)
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        drain(stage)
    assert not list(tmp_path.iterdir())


def test_no_loss_is_named_where_nothing_is_lost(made_up):
    rate = made_up.rate("25")
    clip = made_up.clip("A", made_up.picture_file("/a.mov", rate, 250))
    plain = Delivery((clip,), (), made_up.sync_map(made_up.placement(clip, 10.0)), "d", rate)
    assert DIALECT.losses(plain) == ()
    drifting = made_up.sync_map(made_up.placement(clip, 10.0, rate=1.003))
    assert "drifts by more than half a frame" in DIALECT.losses(replace(plain, sync_map=drifting))[0]
