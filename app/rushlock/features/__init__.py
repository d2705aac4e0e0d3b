"""Clip to feature track: arrays on a time grid that later floors compare."""
