"""Files on their way into the archive: known, moved, copied or new; read, stored, told of; and those that are gone."""
