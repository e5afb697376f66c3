"""The measurements in the README, each one command: ``python -m bench NAME`` or ``python -m bench.NAME``."""
