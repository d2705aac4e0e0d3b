"""Published networks as code, and their weights; none yet. Only here: torch's nn."""
