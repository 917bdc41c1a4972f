"""How large a file may be before a reader refuses it: memory on an office PC is the scarce thing.

Every character of a text carries two 8-byte offsets, so plain text is limited well below the formats that spend most
of their bytes on pictures.
"""

MAX_FILE_BYTES = 100 * 1024 * 1024
"""Any file."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""A .txt, .md or .html file: some seven million Chinese characters, a shelf of books."""

MAX_XML_BYTES = 64 * 1024 * 1024
"""One unpacked part of an Office package; the part of a 500-page report is about 5 MB."""

MAX_XML_TAGS = 6_000_000
"""Tags of one XML part that is held as a tree, some 300 bytes for each pair; a 500-page report has 300,000."""

MAX_ZIP_ENTRIES = 10_000
"""Entries of an Office package; a report with a hundred pictures has about 130."""

MAX_PDF_PAGES = 3_000
"""Pages of a .pdf that are read; the rest is named in a note."""

MAX_SHEET_CELLS = 300_000
"""Cells with content that are read from an .xlsx, all sheets together; the rest is named in a note."""

MAX_SHEET_COLUMNS = 200
"""Columns of a sheet that are read; an indicator table has ten, one with a column for every day 366 and no report."""

MAX_NESTING = 40
"""Depth of tables and containers inside each other that is followed in a .docx."""

MAX_OCR_PAGES = 100
"""Pictures of pages that are recognised in one file; the rest is named in a note."""

OCR_SECONDS_PER_PAGE = 15.0
"""Time to allow for recognising one page on a slow office PC (measured: 3 to 5 s on two cores)."""

OCR_START_SECONDS = 20.0
"""Time to allow for loading the recognition models."""
