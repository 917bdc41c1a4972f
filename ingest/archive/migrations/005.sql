-- A search within a year looks its passages up here; in a large archive a walk through all of them takes too long.
CREATE INDEX passages_year ON passages (year, part);
