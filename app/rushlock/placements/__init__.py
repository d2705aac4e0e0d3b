"""Estimates to the sync map: which pairs hold, groups, global solve, confidence, reasons."""
