import logging
import os
import warnings
from pathlib import Path

import pytest

from rushlock.base.log import FILE_NAME, set_up_logging, shut_down_logging


@pytest.fixture(autouse=True)
def levels_restored():
    loggers = [logging.getLogger(), logging.getLogger("rushlock")]
    before = [logger.level for logger in loggers]
    yield
    shut_down_logging()
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def logger(name="rushlock.test"):
    return logging.getLogger(name)


def test_the_file_gets_what_the_console_is_spared(capsys):
    path = set_up_logging()
    logger().info("a detail")
    logger().warning("a file is missing")
    assert path == Path(os.environ["RUSHLOCK_LOG"]) / FILE_NAME
    assert capsys.readouterr().err == "rushlock: a file is missing\n"
    assert "a detail" in path.read_text()
    assert "a file is missing" in path.read_text()


def test_a_traceback_goes_to_the_file_and_only_a_sentence_to_the_console(capsys):
    path = set_up_logging()
    try:
        raise KeyError("depth")
    except KeyError:
        logger().exception("The run failed")
    assert capsys.readouterr().err == "rushlock: The run failed\n"
    assert "KeyError: 'depth'" in path.read_text()


def test_ffmpegs_noise_stays_out_of_the_console(capsys):
    path = set_up_logging()
    logger("libav.h264").error("corrupt macroblock")
    assert capsys.readouterr().err == ""
    assert "corrupt macroblock" in path.read_text()


def test_debug_is_written_only_where_asked_for_and_other_libraries_details_never():
    path = set_up_logging()
    logger().debug("one")
    set_up_logging(debug=True)
    logger().debug("two")
    logger("asyncio").info("three")
    text = path.read_text()
    assert "two" in text
    assert "one" not in text
    assert "three" not in text


def test_the_console_may_say_more_or_nothing(capsys):
    set_up_logging(logging.INFO)
    logger().info("more")
    set_up_logging(None)
    logger().warning("nothing")
    assert capsys.readouterr().err == "rushlock: more\n"


def test_setting_up_twice_writes_each_record_once():
    set_up_logging()
    path = set_up_logging()
    logger().warning("once")
    assert path.read_text().count("once") == 1


def test_python_warnings_are_logged():
    path = set_up_logging(None)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)  # catch_warnings put back what was there before the set-up
        warnings.warn("old habit", stacklevel=1)
    assert "old habit" in path.read_text()


def test_a_folder_that_cannot_be_written_is_said_and_no_reason_to_stop(monkeypatch, tmp_path, capsys):
    (tmp_path / "log").write_text("in the way")
    monkeypatch.setenv("RUSHLOCK_LOG", str(tmp_path / "log"))
    assert set_up_logging() is None
    logger().warning("still heard")
    assert "No log is kept" in capsys.readouterr().err


def test_an_undecodable_file_name_can_be_logged():
    path = set_up_logging(None)
    logger().warning("bad name %s", "A\udcff.mov")
    assert r"A\udcff.mov" in path.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_loses_the_record_not_the_run(monkeypatch, tmp_path, capsys):
    (tmp_path / FILE_NAME).symlink_to("/dev/full")
    monkeypatch.setenv("RUSHLOCK_LOG", str(tmp_path))
    set_up_logging(None)
    logger().warning("lost")
    shut_down_logging()
    assert capsys.readouterr().err == ""
