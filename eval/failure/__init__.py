"""What the archive does when something breaks: kills, full and read-only disks, damaged files, locks, wrong clocks.

One module per topic, each returning `Measure`s: cases, what was lost (acknowledged and no longer there), what was not
noticed (`doctor` calls an archive sound that is not). Each case runs in a child process, so that a crash of a damaged
library is a result and not the end of the run.
"""
