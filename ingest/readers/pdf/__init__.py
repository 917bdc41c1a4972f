"""PDF: text layer, columns, tables, running lines and footnotes, by geometry; scanned pages go to `readers.ocr`."""
