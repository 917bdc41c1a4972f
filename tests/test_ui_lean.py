"""The page starts without what it has no use for, and takes nothing away from whoever wants it later."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
from ui.lean import import_gradio
import_gradio()
assert "gradio" in sys.modules and "mcp" not in sys.modules
import mcp
from assistant.api.app import router
assert "assistant.asking" not in sys.modules and "ingest.clean.pipeline" not in sys.modules
"""


def test_gradio_starts_without_its_mcp_server_and_the_page_without_what_answers() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
