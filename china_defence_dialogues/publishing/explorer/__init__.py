"""The explorer: the whole data set as one page that works from disk, without any network."""

from __future__ import annotations

from .page import explore, page

__all__ = ["explore", "page"]
