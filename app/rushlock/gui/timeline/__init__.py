"""The timeline of the angles: numbers without Qt below (axis, lanes, ruler), painting and mouse above."""
