"""One report over every measuring command: run each, keep what it found, show it as a page and in the README."""
