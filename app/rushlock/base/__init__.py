"""Words that every floor speaks: exact time, clocks, errors, progress, settings, paths, logging."""
