"""One small writer per format: blocks in, bytes out, the same bytes every time."""
