"""Everything that reads conclusions: one function per screen, one dataclass out."""
