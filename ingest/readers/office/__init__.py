"""Old office formats (.doc, .wps, .rtf, .xls, .et) by way of LibreOffice."""
