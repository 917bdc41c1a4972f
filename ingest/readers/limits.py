"""How large a file may be before a reader refuses it: memory on an office PC is the scarce thing.

Every character of a text carries two 8-byte offsets, so plain text is limited well below the formats that spend most
of their bytes on pictures.
"""

MAX_FILE_BYTES = 100 * 1024 * 1024
"""Any file."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""A .txt, .md or .html file: some seven million Chinese characters, a shelf of books."""

MAX_XML_BYTES = 64 * 1024 * 1024
"""One unpacked XML part of a .docx; the part of a 500-page report is about 5 MB."""

MAX_ZIP_ENTRIES = 10_000
"""Entries of a .docx package; a report with a hundred pictures has about 130."""

MAX_PDF_PAGES = 3_000
"""Pages of a .pdf that are read; the rest is named in a note."""

MAX_NESTING = 40
"""Depth of tables and containers inside each other that is followed in a .docx."""
