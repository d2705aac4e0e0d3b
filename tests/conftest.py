"""Switches and fixtures for every test."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine must not fail a test that is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite the files in tests/golden")
    parser.addoption(
        "--all-segments", action="store_true", help="networks: compare all there is to, not samples"
    )


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keep every test's cache, preferences and logs away from the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "CONFIG", "LOG", "MODELS"):
        monkeypatch.setenv(f"RUSHLOCK_{name}", str(home / name.lower()))


@pytest.fixture(scope="session")
def public_media():
    """Return the folder of real media with known offsets, or skip where a clone has none."""
    folder = SHARED / "data" / "public"
    if not folder.is_dir():
        pytest.skip("no shared media beside this checkout")
    return folder


@pytest.fixture(scope="session")
def kits():
    """Return the folder of what is known of published networks, or skip where a clone has none."""
    folder = SHARED / "kits"
    if not folder.is_dir():
        pytest.skip("no kits of published networks beside this checkout")
    return folder


@pytest.fixture
def golden(request):
    """Compare a text with a file in tests/golden, or rewrite that file."""

    def check(name, text):
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no golden file {name}: run with --update-golden and read the diff"
        assert text == path.read_text(encoding="utf-8")

    return check
