"""Heads: what a network says of windows of two recordings, or of one against the whole of another."""
