"""What the pool's tests have done in worker processes: importable there, as a job must be."""

import ctypes
import logging
import os
import signal
import threading
import time
from pathlib import Path

from rushlock.base.errors import MediaError, RushlockError


class UntransportableError(RushlockError):
    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def square(number):
    return number * number


def pid(_item):
    return os.getpid()


def stop_at_three(number):
    if number == 3:
        raise MediaError(Path("three.mov"), "it is the third")
    return number


def fail_oddly(kind):
    if kind == "bug":
        return {}["missing"]
    if kind == "untransportable":
        raise UntransportableError("this", "that")
    if kind == "unpicklable":
        return threading.Lock()
    return kind


def die(how):
    if how == "exit":
        os._exit(5)
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "segfault":
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        ctypes.string_at(0)
    return how


def mark_and_hang(folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600)


def interrupt_myself(_item):
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def torch_threads(_item):
    import torch

    return torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]


def warn(number):
    logging.getLogger("rushlock.job").warning("the same each time")
    logging.getLogger("rushlock.job").info("number %d", number)
    return number


def megabytes(count):
    return bytes(count * 2**20)
