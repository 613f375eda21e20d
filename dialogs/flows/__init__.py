"""The flows, as data: what is asked in which order, and where each answer leads."""
