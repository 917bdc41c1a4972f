"""The composer with a language model: it phrases evidence that code has chosen, and code checks what it wrote.

`routing` decides whether it is asked at all, `packing` and `prompting` what it is given, `sentences` cuts its stream,
`attribution` finds what a sentence rests on, `lacking` what it forgot, `writer` puts them together.
"""

NAME = "llm"
