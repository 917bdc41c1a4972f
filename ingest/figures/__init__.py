"""Figures: what was promised and what was reached, read from the sentences of a section without a language model.

number with its unit (`lexer`) → what it counts (`indicator`) → what it does and when (`role`, `period`) → whether to
doubt it (`doubts`); `extract` puts them together.
"""
