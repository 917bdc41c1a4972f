"""Word documents (.docx), read from their XML: headings, numbering, tables, notes, text boxes, tracked changes."""
