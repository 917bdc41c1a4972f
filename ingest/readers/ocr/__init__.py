"""Text recognition of pictures of pages (the extra `ocr`)."""
