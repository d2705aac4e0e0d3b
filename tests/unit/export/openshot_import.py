"""Run by the Python that has OpenShot: its own importer and library take a file in, and say what they placed.

Only OpenShot's window and its questions are stood in for: which file to import, and where media are that it
does not find under "file://localhost/..." (it asks for their folder).

Usage: python3 openshot_import.py FILE.xml FOLDER FPS; writes JSON: title, track, seconds of each clip.
"""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import unquote

import openshot_qt

sys.path.insert(0, str(Path(openshot_qt.__file__).parent))
FILE, MEDIA, FPS = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
KEPT = {"Track": [], "Clip": [], "File": []}


class Record:
    """A row of OpenShot's project."""

    kind = ""

    def __init__(self):
        self.data, self.id = {}, ""

    def save(self):
        if not self.id:
            KEPT[self.kind].append(self)
            self.id = self.data["id"] = f"{self.kind} {len(KEPT[self.kind])}"
            if self.kind == "Track":
                PROJECT["layers"].append(self.data)

    @classmethod
    def get(cls, path):
        return next((one for one in KEPT[cls.kind] if one.data.get("path") == path), None)


def silent():
    """Return an object that takes any call."""
    return type("Silent", (), {"__getattr__": lambda self, _: self, "__call__": lambda self, *_: self})()


def module(name, **content):
    sys.modules[name] = made = ModuleType(name)
    vars(made).update(content)


def found(url):
    """Answer as a user does who shows the folder of the media."""
    path = MEDIA / unquote(url).rpartition("/")[2]
    assert path.exists(), url
    return str(path), True, False


PROJECT = {"fps": {"num": FPS, "den": 1}, "layers": [{"number": 1_000_000}]}
APP = SimpleNamespace(
    _tr=str,
    window=silent(),
    project=SimpleNamespace(current_filepath="", get=PROJECT.get),
)
module("classes.query", **{kind: type(kind, (Record,), {"kind": kind}) for kind in KEPT})
module("classes.app", get_app=lambda: APP)
module("windows.views.find_file", find_missing_file=found)

from PyQt5.QtWidgets import QFileDialog  # noqa: E402 - after the stand-ins

QFileDialog.getOpenFileName = staticmethod(lambda *_: (FILE, ""))

from classes.importers.final_cut_pro import import_xml  # noqa: E402

import_xml()
clips = [clip.data for clip in KEPT["Clip"]]
sys.stdout.write(json.dumps([[c["title"], c["layer"], c["position"], c["start"], c["end"]] for c in clips]))
