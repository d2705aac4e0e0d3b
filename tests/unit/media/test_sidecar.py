"""What cameras write beside their clips."""

from fractions import Fraction

import pytest

from rushlock.base.rate import FrameRate
from rushlock.media.probe import probe
from rushlock.media.sidecar import parsed, unpacked

SONY = """<?xml version="1.0" encoding="UTF-8"?>
<NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.20">
  <LtcChangeTable tcFps="{fps}" halfStep="false">
    <LtcChange frameCount="0" value="{ltc}" status="increment"/>
    <LtcChange frameCount="99" value="00000000" status="end"/>
  </LtcChangeTable>
  <CreationDate value="2024-05-06T07:08:01+02:00"/>
  <Lens modelName="50mm"/>
  <Device manufacturer="Sony" modelName="ILCE-7SM3" serialNo="0004711"/>
</NonRealTimeMeta>"""

P2 = """<?xml version="1.0"?>
<P2Main xmlns="urn:schemas-Professional-Plug-in:P2:ClipMetadata:v3.1"><ClipContent>
  <Relation><OffsetInShot>0</OffsetInShot><GlobalShotID>060A2B34SHOT</GlobalShotID></Relation>
  <EssenceList><Video>
  <FrameRate DropFrameFlag="true">59.94i</FrameRate><StartTimecode>10:11:12:14</StartTimecode></Video>
  </EssenceList><ClipMetadata><Device><Manufacturer>Panasonic</Manufacturer><SerialNo.>B9TX</SerialNo.>
  <ModelName>AG-HPX600</ModelName></Device><Shoot><StartDate>2024-05-06T10:11:12+09:00</StartDate></Shoot></ClipMetadata>
</ClipContent></P2Main>"""


def test_sony_sidecar_gives_timecode_device_and_date(film):
    clip = film("CLIP/C0001.mp4", rate=Fraction(25))
    clip.with_name("C0001M01.XML").write_text(SONY.format(fps=25, ltc="17305719"))
    file = probe(clip)
    assert (str(file.timecode), file.timecode_source) == ("19:57:30:17", "sidecar")
    assert (file.camera_make, file.camera_model, file.camera_serial) == ("Sony", "ILCE-7SM3", "0004711")
    assert file.created.isoformat() == "2024-05-06T07:08:01+02:00"


def test_timecode_of_the_container_beats_the_sidecars(film):
    clip = film("C0001.mov", timecode="01:00:00:00")
    clip.with_name("C0001M01.XML").write_text(SONY.format(fps=25, ltc="00000010"))
    assert str(probe(clip).timecode) == "01:00:00:00"


def test_p2_clip_finds_its_document_across_the_card(film):
    clip = film("CONTENTS/VIDEO/0001AB.mov", rate=Fraction(30000, 1001), sound=False)
    (clip.parent.parent / "CLIP").mkdir()
    (clip.parent.parent / "CLIP" / "0001AB.XML").write_text(P2)
    file = probe(clip)
    assert (str(file.timecode), file.family) == ("10:11:12;14", "060A2B34SHOT")
    assert (file.camera_make, file.camera_model, file.camera_serial) == ("Panasonic", "AG-HPX600", "B9TX")


@pytest.mark.parametrize(
    ("packed", "rate", "label"),
    [
        ("44410200", "29.97", "00:02:41;04"),  # 0x40 in the frames: drop-frame
        ("40000000", "29.97", "00:00:00;00"),
        ("11450910", "23.976", "10:09:45:11"),
        (
            "91C58990",
            "25",
            "10:09:45:11",
        ),  # flag bits of colour frame, polarity and binary groups are no digits
    ],
)
def test_packed_ltc_is_unpacked(packed, rate, label):
    assert str(unpacked(packed, FrameRate.parse(rate))) == label


def test_timecode_that_counts_half_the_pictures_frames_keeps_its_own_rate():
    timecode = parsed(SONY.format(fps=30, ltc="40000001").encode()).start_timecode(FrameRate.parse("59.94"))
    assert timecode.rate == FrameRate.parse("29.97")
    assert str(timecode) == "01:00:00;00"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not xml",
        b"<a>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a><Manufacturer>&b;</Manufacturer></a>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        SONY.format(fps="many", ltc="zz").encode(),
    ],
)
def test_a_strange_document_gives_no_timecode_and_raises_nothing(text):
    found = parsed(text)
    assert found.start_timecode(FrameRate.parse("25")) is None
    assert "root:" not in found.device.make
