"""How well the archive is read: reports, sections, marks, round trip, speed, hostile files and interrupted ingests.

One module per question, each returning `Measure`s; `report.py` asks them all. What is right comes from labels made by
reading the reports (`eval/labels`) or from the sample archive's table of facts, never from the program.
"""
