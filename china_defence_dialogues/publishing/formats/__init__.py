"""One exporter per format. Each has `write(release, to)`, which adds its files to the folder `to`."""
