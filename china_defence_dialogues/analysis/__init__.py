"""Questions that researchers ask of the tables, each answered by one call that returns a tidy frame."""
