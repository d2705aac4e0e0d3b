"""Timelines of other programs as plain rows: OpenTimelineIO, FCP 7 XML, FCPXML.

Files come from anybody: XML is parsed without entities, network or documents of more than a bounded size, and
whatever cannot be read ends in one sentence.
"""

SUFFIXES = (".otio", ".xml", ".fcpxml", ".fcpxmld")
"""What ``any`` reads; here so that asking for one loads no reader."""
