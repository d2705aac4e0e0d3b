"""Sync map to OpenTimelineIO and back, quantised to a timeline rate. Only here and in export: OTIO."""
