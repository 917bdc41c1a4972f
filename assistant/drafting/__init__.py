"""Drafting: a new year's plan, modelled on exemplars of the archive, with no invented figure and no copied paragraph.

`order` reads what is wanted, `facts` what the writer supplies and what the ledger offers, `outline` proposes headings,
`exemplars` finds the sections to model each on, `skeleton` and `prose` compose, `checks` holds every section to its
sources, `manuscript` puts them together, `export` writes the document, `store` keeps versions.
"""
