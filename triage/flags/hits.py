"""What was found in one text, as its parts hand it on: the meanings of words, and where each stands."""

# Meaning -> (word, marks), in order; "." holds the words that open a sentence.
Hits = dict[str, list[tuple[int, int]]]
# What one word means: meanings with their marks.
Meant = list[tuple[str, int]]
