"""Does anybody who hides commands in a report, in a question or in an earlier turn get obeyed?"""
