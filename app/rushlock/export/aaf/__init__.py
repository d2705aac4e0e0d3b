"""AAF for Avid Media Composer: sequences, and the mobs of every file down to its tape.

A sequence (composition mob) shows master mobs, a master mob the file it stands for, a file its place on a
tape, a tape its timecode. Media are linked by path, never embedded.

Sources: AAF Object Specification 1.1, AAF Edit Protocol; AAFs that Media Composer and Resolve wrote.
"""
