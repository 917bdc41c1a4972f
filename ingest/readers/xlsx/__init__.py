"""Excel workbooks (.xlsx), read from their XML as their cells are shown."""
