"""Files on disk become clips: scan, probe, spanned clips, cameras, sound by range. Only here (and in the generator): PyAV."""
