"""A manuscript as a file: an official document in Word (GB/T 9704-2012), Markdown, plain text."""
