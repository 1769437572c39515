"""The screens of figures: parse the question, read one screen, place it."""
