"""The project's settings without what politeness costs in time: the sample web does not mind."""

from __future__ import annotations

from crawler.settings import *  # noqa: F403 # settings are a module, and these are all of them but three

DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
REVISIT_AFTER = 0
