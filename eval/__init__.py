"""Looks at the product from outside: gold questions, metrics, retrieval scores and benchmarks. Nothing imports it."""
