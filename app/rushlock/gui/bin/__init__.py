"""The bin: cameras and clips as a tree, and what can be done with them there."""
