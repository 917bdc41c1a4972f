"""Archives of any size: made, stored, asked, weighed."""
