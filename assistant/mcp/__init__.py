"""The archive as tools for programs that speak the Model Context Protocol."""
