"""Reading in a process of its own: a file that hangs, swells or crashes its reader costs one line, not the run.

Nothing is imported here: the process itself starts with this package, and should start soon.
"""
