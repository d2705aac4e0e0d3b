"""Flags of exports: one for each policy, and formats that exist."""

import argparse

from rushlock.cli.exporting import FORMATS, add_policies, policy_from
from rushlock.export.policy import FcpxmlVersion, Policy, Scratch
from rushlock.export.registry import DIALECTS


def policy_of(*words):
    parser = argparse.ArgumentParser()
    add_policies(parser)
    return policy_from(parser.parse_args(words))


def test_the_help_names_the_formats_that_there_are():
    assert set(FORMATS.split(", ")) == {dialect.key for dialect in DIALECTS.values()}


def test_without_flags_the_policies_are_their_defaults():
    assert policy_of() == Policy()


def test_flags_become_policies():
    chosen = policy_of("--scratch", "muted", "--handles", "2.5", "--fcpxml", "1.8")
    assert chosen == Policy(scratch=Scratch.MUTED, handles=2.5, fcpxml=FcpxmlVersion.V1_8)
