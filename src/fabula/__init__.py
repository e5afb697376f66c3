"""Fabula reads fiction: its cast, its quotes, who speaks them to whom, and which person each "he" is."""
