"""What each part of the product is worth: the same questions with one part taken away."""
