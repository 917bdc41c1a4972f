"""From passages to the sentences that answer: coverage of the topic, figures, years, and what speaks against."""
