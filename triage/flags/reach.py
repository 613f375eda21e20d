"""A first look at a long text: whether the places of a pattern lie near enough to each other, by one bit a word."""

from triage.flags.hits import Hits
from triage.flags.pattern import Pattern, Place

Masks = dict[tuple[int, int], int]  # place and reach -> the words within reach of it, one bit each


def may_meet(pattern: Pattern, hits: Hits, known: Masks) -> bool:
    """Whether all places lie within reach of the first: in a long text most patterns end here, for a few bits."""
    near = _mask(pattern.places[0], 0, hits, known)
    for place in pattern.places[1:]:
        near &= _mask(place, pattern.span, hits, known)
        if not near:
            return False
    return True


def _mask(place: Place, reach: int, hits: Hits, known: Masks) -> int:
    """One bit a word: where the place is filled, or no further from there than so many words."""
    mask = known.get((id(place.choices), reach))
    if mask is None:
        mask, wide = 0, 0
        for choice in place.choices:
            for at, _ in hits.get(choice.meaning, ()):
                mask |= 1 << at
        while wide < reach:
            step = min(wide + 1, reach - wide)
            mask |= mask << step | mask >> step
            wide += step
        known[id(place.choices), reach] = mask
    return mask
