"""The command line: main and a file per command."""
