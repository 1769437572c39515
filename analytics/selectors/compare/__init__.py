"""Two to four roles, profiles, companies or periods side by side: one file for each part of the screen."""

from analytics.selectors.compare.screen import KEEP, CompareScreen, compare_screen

__all__ = ["KEEP", "CompareScreen", "compare_screen"]
