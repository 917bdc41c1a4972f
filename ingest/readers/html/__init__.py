"""Web pages: our own linear tokenizer with offsets, the main content of a page, tables; web archives (.mhtml)."""
