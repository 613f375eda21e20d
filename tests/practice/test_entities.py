"""Telegram's HTML is read, and refused, in Telegram's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.call import Json, Refusal
from practice.entities import parse_html
from practice.text import cut, units


def mark(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"offset": offset, "length": length, "type": kind, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("oddiy matn", "oddiy matn", []),
        ("<b>Salom</b> dunyo", "Salom dunyo", [mark("bold", 0, 5)]),
        ("<tg-spoiler>sir</tg-spoiler>", "sir", [mark("spoiler", 0, 3)]),
        ('<span class="tg-spoiler">sir</span>', "sir", [mark("spoiler", 0, 3)]),
        ("🙂<i>я</i>", "🙂я", [mark("italic", 2, 1)]),
        ("1 &lt; 2 &amp;&amp; 3 &#62; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&nbsp;", "&nbsp;", []),
        (
            '<a href="https://example.org/?a=1&amp;b=2">bu</a>',
            "bu",
            [mark("text_link", 0, 2, url="https://example.org/?a=1&b=2")],
        ),
        ("<b><i>ikki</i></b>", "ikki", [mark("italic", 0, 4), mark("bold", 0, 4)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [mark("pre", 0, 1, language="py")]),
        ('<code class="language-py">x</code>', "x", [mark("code", 0, 1)]),
        ("<blockquote expandable>uzun</blockquote>", "uzun", [mark("expandable_blockquote", 0, 4)]),
        ("<b></b>bo'sh", "bo'sh", []),
        ("<B>katta</B>", "katta", [mark("bold", 0, 5)]),
    ],
)
def test_html_becomes_text_and_marks(source: str, text: str, entities: list[Json]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>ochiq", 'Can\'t find end tag corresponding to start tag "b"'),
        ("2 <3", "Unclosed start tag at byte offset 2"),
        ("я <p>", 'Unsupported start tag "p" at byte offset 3'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag"),
    ],
)
def test_broken_html_is_refused_with_the_place(source: str, complaint: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {complaint}")


@given(st.text(alphabet=st.sampled_from("aя🙂 <>&/b\"='"), max_size=40))
def test_any_text_is_either_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Refusal as refused:
        read = refused.description.startswith("Bad Request: can't parse entities: ")
    else:
        read = all(entity["offset"] + entity["length"] <= units(text) for entity in entities)
    assert read


@given(st.text(alphabet=st.sampled_from("aя🙂👩‍🚒 "), min_size=1, max_size=30))
def test_offsets_are_utf16_units(words: str) -> None:
    text, entities = parse_html(f"🙂<tg-spoiler>{words}</tg-spoiler>!")
    assert cut(text, entities[0]["offset"], entities[0]["length"]) == words
