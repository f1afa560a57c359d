"""Every exporter: its output read back by the format's own tools, the same bytes twice, hostile text unharmed."""
