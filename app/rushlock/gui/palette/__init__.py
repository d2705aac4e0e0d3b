"""The command palette: any command, clip or camera by some of its letters."""
