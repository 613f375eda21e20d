"""Red flags in free text. The lines in data/ were written for this project; no native speaker has reviewed them."""
