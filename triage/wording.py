"""Long words in parts: a message of Telegram holds 4,096 UTF-16 units, and ours carry a first line and a frame."""

# Room for the first line, a case's number and the frame beside somebody's words.
LONGEST = 3_500


def units(text: str) -> int:
    """How long Telegram counts a text: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parts(text: str, longest: int = LONGEST) -> tuple[str, ...]:
    """The text in pieces that each fit, cut at a line or a space where there is one; never empty."""
    pieces = []
    rest = text
    while units(rest) > longest:
        cut = _cut(rest, longest)
        pieces.append(rest[:cut].rstrip() or rest[:cut])
        rest = rest[cut:].lstrip()
    return (*pieces, rest) if rest or not pieces else tuple(pieces)


def _cut(text: str, longest: int) -> int:
    """Where to cut: the last line end or space in the last quarter that fits, else the last character that does."""
    end, used = 0, 0
    while used + units(text[end]) <= longest:
        used += units(text[end])
        end += 1
    for mark in ("\n", " "):
        found = text.rfind(mark, end * 3 // 4, end)
        if found > 0:
            return found + 1
    return end
