"""``python -m fabula``."""

from __future__ import annotations

import sys

from fabula.cli import main

sys.exit(main())
