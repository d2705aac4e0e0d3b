"""Synced sound: recordings resampled onto the shoot's clock, as broadcast WAV that lies right by timecode.

Pictures are never retimed. Where a recorder's clock drifts, this keeps its sound in sync to the sample.
"""
