"""Run Rushlock with ``python -m rushlock``."""

import sys

from rushlock.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
