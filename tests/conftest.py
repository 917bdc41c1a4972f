"""How long the property tests look: `HYPOTHESIS_PROFILE=gate|thorough`, else new examples at every run."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)  # a busy machine is slow, not wrong
settings.register_profile("gate", deadline=None, derandomize=True)  # a landing does not hang on a throw of dice
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))
