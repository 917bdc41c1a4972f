"""What is measured, one metric a file: pure functions over an answer's JSON, a gold question and file texts."""
