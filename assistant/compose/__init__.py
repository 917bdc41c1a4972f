"""Composers write sentences from evidence; what they write is verified before it is shown."""
