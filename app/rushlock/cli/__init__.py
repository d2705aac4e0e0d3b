"""The command line: main and a file per command.

Every command module is light at import (argparse and plain data); what it needs of numpy, torch or PyAV is
imported when the command runs, so that ``rushlock --help`` answers at once.
"""
