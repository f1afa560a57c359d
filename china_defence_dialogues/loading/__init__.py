"""Loading the built tables."""
