"""Generated rushes with exact truth, scorer, benchmarks, calibration and training commands."""
