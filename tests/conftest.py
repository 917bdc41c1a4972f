"""For all tests. How long the property tests look: `HYPOTHESIS_PROFILE=gate|thorough`, else anew at every run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("desk", deadline=None)  # a busy machine is slow, not wrong
settings.register_profile("gate", deadline=None, derandomize=True)  # a landing does not hang on a throw of dice
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))


@pytest.fixture(autouse=True)
def _as_urgent_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line runs inside the tests as well: they must not become less and less urgent by it."""
    monkeypatch.setattr("assistant.cli.ingest.give_way", lambda: None)
