"""The process that holds a local model: starts llama.cpp's server on loopback, and ends when its parent does.

A process of its own, because loading a file keeps every other thread of its process waiting (seconds, in which a page
would stand still), because a fault in native code ends the process it happens in, and because its memory is free again
at once when it is closed.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Read one line of JSON from standard input, answer with one line, serve until the input ends.

    Asked: {"path", "key", "threads", "context"}. Answered: {"address"}, or {"fault"} in English for the log.
    """
    asked = json.loads(sys.stdin.readline())
    outlet = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        server = _serve(asked["path"], asked["key"], asked["threads"], asked["context"])
        answer = {"address": server.listening_address}
    except Exception as error:
        answer = {"fault": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=outlet, flush=True)
    sys.stdin.read()
    os._exit(0)  # the native server would first finish what nobody waits for any more


def _serve(path: str, key: str, threads: int, context: int) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = context
    # One slot, so that a question meets the cache of the one before it: the fixed part of a prompt is read once.
    params.n_parallel = 1
    params.cache_prompt = True
    params.cache_ram_mib = _CACHE_MIB
    params.n_batch = params.n_ubatch = _BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.cors_origins = "null"
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.verbosity = -1
    params.offline = True
    return xllamacpp.Server(params)


_CACHE_MIB = 512
"""Memory for prompts that were pushed out of the slot, in MiB."""
_BATCH = 128
"""Prompt tokens read in one go: an abandoned question is noticed between two of them."""
