"""Rushlock: every clip of a multi-camera shoot on one clock, with a confidence and a reason.

Importing this package is light: torch and Qt load on first use.
"""

__version__ = "0.1.0"
