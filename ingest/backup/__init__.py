"""Backup and restore of an archive directory: everything that cannot be made again, in one file."""

from ingest.backup.manifest import Companion, Manifest, Progress
from ingest.backup.packing import Backup, back_up
from ingest.backup.restoring import Restored, restore

__all__ = ["Backup", "Companion", "Manifest", "Progress", "Restored", "back_up", "restore"]
