"""Text to candidate records: rules over lexicons that the built tables hold; no model, no download."""
