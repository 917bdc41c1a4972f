"""A loopback server of embeddings in OpenAI's form, for a peer that takes vectors from a server only: MODEL.

Prints its port and serves until its standard input is closed, so that it ends with whoever started it.
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def main(folder: str) -> None:
    """Load the model, print the port, serve."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(folder)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
            with lock:
                vectors = model.encode(texts)
            body = json.dumps(reply(vectors, asked)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()


def reply(vectors: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """OpenAI's answer; vectors (n, d) float32, as base64 where the client asks for it."""
    packed = asked.get("encoding_format") == "base64"
    return {
        "object": "list",
        "model": asked.get("model", ""),
        "data": [
            {"object": "embedding", "index": n, "embedding": _packed(vector) if packed else vector.tolist()}
            for n, vector in enumerate(vectors)
        ],
        "usage": {"prompt_tokens": 0, "total_tokens": 0},
    }


def _packed(vector: Any) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


if __name__ == "__main__":
    main(sys.argv[1])
