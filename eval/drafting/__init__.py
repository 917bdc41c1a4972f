"""How good drafts are: whether the outline has the topics of the real plan, and what checks find in the sections."""
