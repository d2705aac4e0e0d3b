"""The review desk's own part: what needs a person, what that person decides, what moves with it."""
