"""What survives in which dialect, measured on one shoot and written down in docs/dialects.md: every cell.

Readers are lxml, OpenTimelineIO, pyaaf2, wavinfo, plain text. The same at every pair of rates, with hostile
names and by further readers: the other tests of this folder.
"""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import aaf2
import numpy as np
import opentimelineio as otio
import pytest
import wavinfo
from lxml import etree

from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.export.synced_sound import broadcast_wave
from rushlock.media.probe import probe
from rushlock.placements.sync_map import Status

DOCUMENT = Path(__file__).parents[3] / "docs" / "dialects.md"
FRAME = Fraction(1, 25)
STARTS = {"A.mov": 36_000.0, "B.mov": 36_001.013, "R.wav": 36_000.507}
LABELS = {"A.mov": (900_000, 25), "B.mov": (1_620_000, 50)}
REELS = {"A.mov": "A001", "B.mov": "B007"}
WORDS = "two equally good places"
CHANNELS = 4


@dataclass
class Found:
    """What a reader found, by file name."""

    starts: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    reels: dict = field(default_factory=dict)
    rates: dict = field(default_factory=dict)
    channels: int = 0
    markers: bool = False
    confidence: str = "-"
    angles: int = 0

    def cells(self):
        late = [abs(Fraction(at) - Fraction(STARTS[name])) for name, at in self.starts.items()]
        assert not late or max(late) <= FRAME / 2 + Fraction(1, 10**6)
        place = "-" if not late else "exact" if max(late) < 1e-5 else "to the frame"
        if self.starts and set(self.starts) != set(STARTS):
            place += " (sound)" if set(self.starts) == {"R.wav"} else " (pictures)"
        return {
            "position": place,
            "source TC": self.same(LABELS, self.labels),
            "reel": self.same(REELS, self.reels),
            "rate": self.same({name: rate for name, (_, rate) in LABELS.items()}, self.rates),
            "channels": "yes" if self.channels == CHANNELS else "-",
            "markers": "yes" if self.markers else "-",
            "confidence": self.confidence,
            "multicam": f"{self.angles} angles" if self.angles else "-",
        }

    @staticmethod
    def same(planted, found):
        assert {name: value for name, value in found.items() if name in planted} in ({}, planted)
        return "yes" if found else "-"


@pytest.fixture(scope="module")
def shoot(made_up, tmp_path_factory):
    """A camera at the timeline's rate, one at twice it and doubtful, a recorder of four channels."""
    r25, r50 = made_up.rate("25"), made_up.rate("50")
    sound = tmp_path_factory.mktemp("sound") / "R.wav"
    named = broadcast_wave.Labels(0, Timecode(0, r25), ("Boom", "Anna", "Ben", "Amb"), ("",), "planted")
    with sound.open("wb") as file:
        file.write(broadcast_wave.header(named, 48_000, 4 * 48_000))
        broadcast_wave.write_samples(file, np.zeros((CHANNELS, 4 * 48_000)))
    a = made_up.clip("A", made_up.picture_file("/c/A.mov", r25, 100, Timecode(900_000, r25), reel="A001"))
    b = made_up.clip("B", made_up.picture_file("/c/B.mov", r50, 200, Timecode(1_620_000, r50), reel="B007"))
    r = made_up.clip("R", probe(sound))
    placed = [made_up.placement(clip, STARTS[clip.path.name]) for clip in (a, b, r)]
    placed[1] = made_up.placement(b, STARTS["B.mov"], status=Status.REVIEW, reason=WORDS)
    return Delivery((a, b, r), (), made_up.sync_map(*placed), "Day", r25)


def of_otio(path):
    read, found = otio.adapters.read_from_file(str(path)), Found()
    zero = Fraction(read.global_start_time.value) / 25
    top = read.tracks
    for clip in read.find_clips():
        at = clip.transformed_time_range(clip.trimmed_range(), top).start_time
        found.starts[clip.name] = zero + Fraction(at.value) / Fraction(at.rate)
        first = clip.media_reference.available_range.start_time
        if clip.name in LABELS:
            found.labels[clip.name] = (round(first.value), round(first.rate))
            found.rates[clip.name] = round(first.rate)
            found.reels[clip.name] = clip.metadata["rushlock"]["reel"]
        else:
            found.channels = len(clip.metadata["rushlock"]["channels"])
        found.markers |= any(WORDS in marker.comment for marker in clip.markers)
        found.confidence = "number" if clip.metadata["rushlock"]["confidence"] == 0.99 else "-"
    nested = [s for s in read.find_children() if isinstance(s, otio.schema.Stack)]
    found.angles = len([t for s in nested for t in s if t.kind == "Video"])
    return found


def number(element, tag):
    return int(element.findtext(tag))


def of_fcp7(path):
    root, found = etree.parse(str(path)).getroot(), Found()
    sequence = root.find(".//sequence")
    zero, files = number(sequence, "timecode/frame"), {f.get("id"): f for f in root.iter("file") if len(f)}
    heard = set()
    for item in sequence.findall("media/*/track/clipitem"):
        for clip in item.findall("multiclip/angle/clip") or [item]:
            file = files[next(clip.iter("file")).get("id")]
            name, first = file.findtext("name"), number(clip, "in")
            found.starts.setdefault(name, FRAME * (zero + number(item, "start") - first))
            base = number(file, "timecode/rate/timebase")
            if name in LABELS:
                found.labels[name] = (number(file, "timecode/frame"), base)
                found.rates[name] = number(file, "rate/timebase")
                found.reels[name] = file.findtext("timecode/reel/name")
            elif item.find("sourcetrack") is not None:
                heard.add(item.findtext("sourcetrack/trackindex"))
        said = [marker.findtext("comment") for marker in item.findall("marker")]
        found.markers |= any(WORDS in words for words in said)
        found.confidence = "in words" if any("99%" in words for words in said) else found.confidence
    found.channels = len(heard)
    found.angles = max((len(m.findall("angle")) for m in root.iter("multiclip")), default=0)
    return found


def of_fcpxml(path):
    root, found = etree.parse(str(path)).getroot(), Found()
    formats = {f.get("id"): 1 / fraction(f.get("frameDuration")) for f in root.iter("format")}
    assets = {asset.get("id"): asset for asset in root.iter("asset")}
    for clip in root.findall(".//mc-angle/asset-clip"):
        asset = assets[clip.get("ref")]
        name = asset.find("media-rep").get("src").rpartition("/")[2]
        found.starts[name] = fraction(clip.get("offset")) - (
            fraction(clip.get("start")) - fraction(asset.get("start"))
        )
        if name in LABELS:
            rate = formats[asset.get("format")]
            found.rates[name] = rate
            found.labels[name] = (fraction(asset.get("start")) * rate, rate)
            found.reels[name] = next(
                m.get("value") for m in asset.iter("md") if m.get("key").endswith("reel")
            )
        else:
            found.channels = len(clip.findall("audio-channel-source"))
        said = [marker.get("note") for marker in clip.findall("marker")]
        found.markers |= any(WORDS in words for words in said)
        found.confidence = "in words" if any("99%" in words for words in said) else found.confidence
    found.angles = len(root.findall(".//mc-angle"))
    return found


def fraction(time):
    return Fraction(time.removesuffix("s"))


def of_aaf(path):
    found = Found()
    with aaf2.open(str(path)) as aaf:
        (sequence,) = aaf.content.toplevel()
        zero = next(s.segment.start for s in sequence.slots if s.media_kind == "Timecode")
        slots = Counter()
        for slot in sequence.slots:
            at = 0
            for part in slot.segment.components if slot.media_kind in ("Picture", "Sound") else ():
                if isinstance(part, aaf2.components.SourceClip):
                    master = part.mob
                    slots[master.name] += slot.media_kind == "Sound"
                    found.starts.setdefault(master.name, FRAME * (zero + at))
                    chain(found, master, part)
                at += part.length
            if isinstance(slot, aaf2.mobslots.EventMobSlot):
                found.markers |= any(WORDS in (m["Comment"].value or "") for m in slot.segment.components)
        masters = {mob.name: dict(mob.comments.items()) for mob in aaf.content.mastermobs()}
    found.channels = slots["R.wav"]
    found.confidence = "number" if float(masters["A.mov"]["Sync Confidence"]) == 0.99 else "-"
    return found


def chain(found, master, part):
    if master.name not in LABELS or part.media_kind != "Picture":
        return
    tape = part.slot.segment.mob.slot_at(part.slot.segment.slot_id).segment
    (code,) = (slot.segment for slot in tape.mob.slots if slot.media_kind == "Timecode")
    found.labels[master.name] = (code.start + tape.start, code.fps)
    found.rates[master.name] = part.slot.edit_rate
    found.reels[master.name] = tape.mob.name


def beside(path):
    """Yield the texts of a dialect of several files."""
    return [one.read_text(encoding="utf-8") for one in sorted(path.parent.glob(f"day *{path.suffix}"))]


def of_ale(path):
    found = Found()
    for text in beside(path):
        head, _, data = text.replace("\r\n", "\n").partition("\nData\n")
        columns = head.rpartition("Column\n")[2].strip().split("\t")
        for line in data.strip().splitlines():
            row = dict(zip(columns, line.split("\t"), strict=True))
            name, rate = row["Name"], int(row["FPS"])
            found.starts[name] = label(row["Auxiliary TC1"], rate)
            if name in LABELS:
                found.labels[name] = (label(row["Start"], rate) * rate, rate)
                found.rates[name], found.reels[name] = rate, row["Tape"]
            else:
                found.channels = row["Tracks"].count("A")
            found.markers |= WORDS in row["Comments"]
            found.confidence = "number" if row["Sync Confidence"] == "0.9900" else "-"
    return found


def label(text, rate):
    hours, minutes, seconds, frames = map(int, re.split("[:;]", text))
    return Fraction(((hours * 60 + minutes) * 60 + seconds) * rate + frames, rate)


def of_edl(path):
    found = Found()
    for text in beside(path):
        event = re.search(r"^001  (\S+) +(\S+) +C +(\S+) \S+ (\S+) ", text, re.MULTILINE)
        name = re.search(r"FROM CLIP NAME: (.+)", text)[1]
        found.starts[name] = label(event[4], 25)
        if name in LABELS:
            told = re.search(r"SOURCE TIMECODE: (\S+) AT (\d+)", text)
            rate = int(told[2]) if told else 25
            found.labels[name] = (label(told[1] if told else event[3], rate) * rate, rate)
            found.rates[name], found.reels[name] = rate, event[1]
        found.markers |= bool(re.search(rf"^\* LOC: .*{WORDS}", text, re.MULTILINE))
        found.confidence = "in words" if "confidence 99%" in text else found.confidence
    return found


def of_csv(path):
    found = Found()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["clip"].rpartition("/")[2]
            found.starts[name] = Fraction(row["start_seconds"])
            if name in LABELS:
                rate = int(row["rate"])
                found.labels[name] = (label(row["source_timecode"], rate) * rate, rate)
                found.rates[name], found.reels[name] = rate, row["reel"]
            else:
                found.channels = int(row["channels"])
            found.markers |= WORDS in row["reason"]
            found.confidence = "number" if row["confidence"] == "0.9900" else "-"
    return found


def of_json(path):
    found = Found()
    for given, clip in json.loads(path.read_bytes())["clips"].items():
        name = given.rpartition("/")[2]
        found.starts[name] = Fraction(clip["start"])
        if name in LABELS:
            rate = int(clip["timecode_rate"])
            found.labels[name] = (label(clip["timecode"], rate) * rate, rate)
            found.rates[name], found.reels[name] = int(clip["picture_rate"]), clip["reel"]
        else:
            found.channels = len(clip["channels"])
        found.markers |= WORDS in clip["reason"]
        found.confidence = "number" if clip["confidence"] == 0.99 else "-"
    return found


def of_wav(path):
    (written,) = (one for one in path.parent.glob("day*.wav") if "R" in one.stem)
    info = wavinfo.WavInfoReader(str(written), bext_encoding="latin_1")
    starts = {"R.wav": Fraction(info.bext.time_reference, 48_000)}
    return Found(starts, channels=info.fmt.channel_count)


READERS = {
    "otio": of_otio,
    "multicam.otio": of_otio,
    "otioz": of_otio,
    "xml": of_fcp7,
    "multiclip.xml": of_fcp7,
    "fcpxml": of_fcpxml,
    "aaf": of_aaf,
    "ale": of_ale,
    "edl": of_edl,
    "wav": of_wav,
    "csv": of_csv,
    "json": of_json,
}


def test_the_table_in_the_documentation_is_what_readers_find(shoot, tmp_path, request):
    rows = {}
    for key, reader in READERS.items():
        folder = tmp_path / key
        folder.mkdir()
        DIALECTS[f".{key}"].write(folder / f"day.{key}", shoot)
        rows[key] = reader(folder / f"day.{key}").cells()
    assert {f".{key}" for key in rows} | {".html"} == set(DIALECTS)
    heads = list(rows["otio"])
    lines = ["| dialect | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    lines += [f"| `{key}` | " + " | ".join(cells.values()) + " |" for key, cells in rows.items()]
    table = "\n".join(lines)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, old, after = re.split(r"(\| dialect \| position.*?\n(?=\n))", text, maxsplit=1, flags=re.DOTALL)
    if request.config.getoption("--update-golden"):
        DOCUMENT.write_text(before + table + "\n" + after, encoding="utf-8", newline="\n")
    assert old.strip() == table or request.config.getoption("--update-golden")
