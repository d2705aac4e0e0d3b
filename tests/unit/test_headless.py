"""What loads when: checked in fresh interpreters, where no test has imported anything before."""

import json
import subprocess
import sys

import pytest

IMPORT_ALL = """
import importlib, json, pkgutil, sys
blocked, skipped = json.loads(sys.argv[1])

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in blocked:
            raise ModuleNotFoundError(f"{name} is not to be had here")

sys.meta_path.insert(0, Wall())
import rushlock
done = []
for module in pkgutil.walk_packages(rushlock.__path__, "rushlock."):
    if not module.name.startswith(tuple(skipped)):
        importlib.import_module(module.name)
        done.append(module.name)
print(json.dumps(done))
"""

HEAVY = ["torch", "torchaudio", "PySide6", "av", "opentimelineio", "scipy"]


def imported_without(blocked, skipped):
    """Import all of Rushlock but some packages while some modules cannot be had; return what was imported."""
    command = [sys.executable, "-c", IMPORT_ALL, json.dumps([blocked, [*skipped, "rushlock.__main__"]])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def loaded_by(module):
    """Return which heavy packages importing a module loads."""
    code = f"import sys, json, {module}; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_everything_below_the_window_imports_on_a_machine_without_qt():
    done = imported_without(["PySide6", "pyqtgraph", "shiboken6"], ["rushlock.gui"])
    assert {"rushlock.base.log", "rushlock.project.document", "rushlock.jobs.pool"} <= set(done)


def test_everything_imports_without_torch_being_loaded():
    training = [f"rushlock.evaluation.{kind}_training" for kind in ("window", "matrix", "stream")]
    done = imported_without(["torch", "torchaudio"], ["rushlock.nets", *training])
    assert "rushlock.jobs.devices" in done


@pytest.mark.parametrize(
    "module",
    [
        "rushlock",
        "rushlock.base.log",
        "rushlock.base.settings",
        "rushlock.cache.store",
        "rushlock.jobs.pool",
        "rushlock.jobs.worker",
        "rushlock.pipeline.request",
        "rushlock.project.document",
        "rushlock.cli.main",
    ],
)
def test_importing_what_every_command_needs_loads_nothing_heavy(module):
    assert loaded_by(module) == []


def test_a_run_and_its_workers_begin_without_scipy_or_torch():
    assert set(loaded_by("rushlock.pipeline.run")) <= {"av"}
