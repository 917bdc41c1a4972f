"""What a user would pick instead, run on the same files and questions: each peer a script in an environment of its own.

The scripts (`langchain_textbook`, `llamaindex`, `haiku`, `fts5`, `ours`) run as child processes and import nothing of
the product but `job`; what they find is judged here, by the same metrics as the product's own answers.
"""
