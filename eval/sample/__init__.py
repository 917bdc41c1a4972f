"""The fictional sample archive: reports, their defects and their gold questions, all made from one table of facts."""

from eval.sample.archive import generate, gold_questions

__all__ = ["generate", "gold_questions"]
