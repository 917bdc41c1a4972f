"""Fuzzing: whatever is fed to the program, it answers or refuses in one line, in bounded time.

`targets` says what is fed and what must hold; `mutate` and `engine` are a seeded fuzzer of our own, `guided` the same
targets under atheris (coverage-guided) where that is installed.
"""
