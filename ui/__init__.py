"""The page in the browser: shows what `assistant` returns and holds no logic of its own."""
