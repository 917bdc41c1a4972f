"""Turns files into an archive: read, clean, split, describe, cut, store, embed."""
