"""From the paths a user names to the bytes of the files: folders, zips, names, changes since the last look."""
