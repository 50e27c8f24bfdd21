"""Keeps Gradio from calling anyone, and from counting: imported before Gradio is.

Read by Gradio and its hub client when they are imported: no request leaves the machine.
Gradio also sums up all events so far after every single one, for a page that is closed
here; the more was asked, the longer that takes. And it looks for matplotlib before and
after every step of every event, all over the disk where it is not installed.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

for _name, _value in {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
}.items():
    os.environ[_name] = _value

if "matplotlib" not in sys.modules and find_spec("matplotlib") is None:
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # importing it fails at once
