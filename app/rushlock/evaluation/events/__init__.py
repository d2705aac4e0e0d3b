"""Small audio-visual scenes with exact timing, to train networks on that compare sound with picture.

Someone claps, a ball bounces, a hammer falls, somebody marches on the spot, a mouth speaks. Each is a scene
in three dimensions whose every impact and syllable has a known time, so that any number of cameras can look
at it from anywhere and any number of microphones can listen. Nothing is decoded: pictures and sound come as
arrays for any stretch of time, some hundred seconds of them a second on one core.

- ``schedule``: when things happen. ``actors``: what they look like meanwhile. ``sounds``: how they sound.
- ``views`` and ``painting``: a camera, and its pictures. ``listening``: a microphone in a room.
- ``scene``: all of it together, drawn from a seed. ``shoot``: the same written to files of several cameras.

Decision: plain shapes instead of rendered people. What has to be learnt is that a movement which turns in
an instant makes a sound at that instant, seen from anywhere; a texture would cost time and teach nothing of that.
"""
