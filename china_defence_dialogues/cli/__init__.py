"""The `cdd` command."""
