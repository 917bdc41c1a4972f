"""The ingest that is killed, as a child process: python -m eval.reading.killed FOLDER HOME quick|real.

Prints `text` when it begins to read and `vectors` when it begins to embed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ingest.archive.queue import PassageEncoder


class QuickEncoder:
    """Vectors from a hash of the text: as fast as storing them, so that a kill meets the storing."""

    name = "quick"
    dimensions = 64

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `ingest.archive.queue.PassageEncoder`."""
        import numpy as np

        made = np.stack([_numbers(text) for text in texts])
        unit: NDArray[np.float32] = made / np.linalg.norm(made, axis=1, keepdims=True)
        return unit


def _numbers(text: str) -> NDArray[np.float32]:
    import numpy as np

    digest = hashlib.shake_256(text.encode()).digest(QuickEncoder.dimensions)
    return np.frombuffer(digest, np.uint8).astype(np.float32) - 127.5


def main(folder: Path, home: Path, encoder: str) -> int:
    """Ingest `folder` into `home`; 1 when embedding failed."""
    from ingest.runner import bundled_encoder, ingest_paths
    from ingest.settings import load_settings

    def load(settings: Settings) -> PassageEncoder:
        print("vectors", flush=True)
        return bundled_encoder(settings) if encoder == "real" else QuickEncoder()

    print("text", flush=True)
    summary = ingest_paths(load_settings(home), [folder], load_encoder=load)
    return 1 if summary.fault else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
