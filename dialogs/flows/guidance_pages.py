"""The guidance pages as a table: which question stands in which list, and what its screens say, a key to a line."""

from collections.abc import Mapping
from dataclasses import dataclass

# A line that has one form among several: whoever shows the screen names the one that is true now, "" leaves it out.
# Clock lines come first in the form that is said when nothing is known of the time.
_HURRY = ("maybe", "now", "today", "tomorrow", "past")
FORMS: Mapping[str, tuple[str, ...]] = {
    "pep": tuple(f"pep.{form}" for form in _HURRY),
    "ec": tuple(f"ec.{form}" for form in _HURRY),
    "samples": tuple(f"samples.{form}" for form in _HURRY),
    "mouth": ("mouth.within", ""),
    "hepb": ("hepb.within", "hepb.past"),
    "urine": tuple(f"urine.{form}" for form in _HURRY),
    "ghb": ("ghb.within", ""),
    "neck": ("strangled.within", "strangled.past"),
    "care.report": ("care.report_any", "care.report_minor"),
    "suicide.young": ("", "suicide.child"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One question: its screens, each a label (what comes, on the button that leads there) and its lines.

    The first label is her question; `next` is the page that the last screen offers.
    """

    id: str
    screens: tuple[tuple[str, tuple[str, ...]], ...]
    next: str


def _page(page: str, *screens: tuple[str, str], then: str) -> Page:
    """A page from labels and lines; a line that begins with a dot is the page's own."""
    return Page(page, tuple((label, _lines(page, lines)) for label, lines in screens), then)


def _lines(page: str, lines: str) -> tuple[str, ...]:
    return tuple(f"{page}{line}" if line.startswith(".") else line for line in lines.split())


# Which questions stand in which list; a list's label is its id.
LISTS: Mapping[str, tuple[str, ...]] = {
    "list.now": ("injured", "sexual", "strangled", "drugged", "suicide", "police"),
    "list.home": ("staying", "leaving", "after_leaving", "children", "pregnancy", "money"),
    "list.law": ("order", "rights", "phone", "images", "stalking"),
    "list.who": ("relatives", "friend", "disability", "men", "minor", "marriage"),
}
# Where a question's label is not its id: that is another sentence of the phrase bank or the road.
LABELS: Mapping[str, str] = {
    "injured": "injured.page",
    "suicide": "suicide.page",
    "children": "children.page",
    "minor": "minor_page",
}

PAGES: tuple[Page, ...] = (
    _page(
        "danger_more",
        ("danger_more", "danger.call .silent .room .head .children"),
        ("danger_more.more", ".shout .bag .afterwards"),
        then="leaving",
    ),
    _page(
        "injured",
        ("injured.page", ".call .head .signs .press .photo"),
        ("injured.more", ".write .alone care.report .care .report .forensic"),
        then="strangled",
    ),
    _page(
        "sexual",
        ("sexual", ".go .fault .care care.report .clothes .marital"),
        then="",
    ),
    _page(
        "strangled",
        ("strangled", "doctor neck.ambulance .signs .later .alone care.report"),
        ("strangled.more", ".tell .word neck.person"),
        then="",
    ),
    _page("drugged", ("drugged", ".keep .tell .ambulance .fault .with"), then=""),
    _page("suicide", ("suicide.page", ".call .thanks .stay .means suicide"), then=""),
    _page(
        "police",
        ("police", ".call .silent .pretend .apart .record .list"),
        ("police.more", ".where .day .talked .arrival .detention rights.complaint"),
        then="order",
    ),
    _page(
        "staying",
        ("staying", ".rooms .respect .signs .ally .phone"),
        ("staying.more", ".papers .dates .yours .review"),
        then="phone",
    ),
    _page(
        "leaving",
        ("leaving", ".plan .silent .when .phone .back"),
        ("leaving.more", ".bag .bag_more .papers"),
        ("leaving.place", ".room .inson .shelter"),
        then="phone",
    ),
    _page(
        "after_leaving",
        ("after_leaving", ".routes .danger .who .talk .shelter"),
        ("after_leaving.more", ".again .usual .term .handover .divorce"),
        then="order",
    ),
    _page(
        "children",
        ("children.page", ".teach .failing .secrets .signs .papers"),
        ("children.more", ".removal .order .take .custody .alimony .pickup"),
        ("children.hurt", ".touched minor.duty minor.line"),
        then="rights",
    ),
    _page(
        "pregnancy",
        ("pregnancy", ".call .signs .doctor .often .midwife"),
        ("pregnancy.more", ".ask .forced leaving.room .reproductive .birth"),
        then="children",
    ),
    _page(
        "money",
        ("money", ".reserve .control .inson .benefits .debt"),
        ("money.more", ".sign .copies .home .registration .property .nikoh"),
        ("money.work_more", ".job .taken .documents .work .abroad"),
        then="rights",
    ),
    _page(
        "order",
        ("order", ".ask .day .also .copies .data"),
        ("order.more", ".term .breach .female .forbids .circle"),
        ("order.pressure", ".paper .mediation .practice .lawyer"),
        then="staying",
    ),
    _page(
        "rights",
        ("rights", ".call .crime .day .free .secret .inson"),
        ("rights.more", ".ask .with .legal_aid .interpreter .female .data"),
        ("rights.refusal", ".refused .complaint .prosecutor .ombudsman .withdraw"),
        then="order",
    ),
    _page(
        "phone",
        ("phone", ".other .sudden .knows .linked .habits"),
        ("phone.more", ".spy .tracker .mail .limit traces.fewer"),
        then="stalking",
    ),
    _page(
        "images",
        ("images", ".keep .fault .order .stop .stop_limit"),
        ("images.more", ".minor .family .honour .abuse .blackmail .cyber"),
        then="phone",
    ),
    _page(
        "stalking",
        ("stalking", ".log .counts .once .tell .routes"),
        ("stalking.more", ".signs .harass .law"),
        then="order",
    ),
    _page(
        "relatives",
        ("relatives", ".ally .counts .types .child .power"),
        ("relatives.more", ".locked .harassment .circle .order .liberty rights.prosecutor"),
        then="order",
    ),
    _page(
        "friend",
        ("friend", ".listen .ask .not .danger .phone"),
        ("friend.more", ".offer .many .inspector .nameless .third"),
        then="police",
    ),
    _page(
        "disability",
        ("disability", ".alone .counts .ways .bag .sign .shelter"),
        ("disability.more", ".witness .say .capacity .help .support"),
        then="rights",
    ),
    _page(
        "men",
        ("men", ".call .law .threats .private .risk .line"),
        ("men.more", ".sexual .doors"),
        then="",
    ),
    _page(
        "minor",
        ("minor_page", ".call .right .limits .adult .line .duty"),
        ("minor.more", ".internet .sixteen .law .nocall .care .consent"),
        then="images",
    ),
    _page(
        "marriage",
        ("marriage", ".before .tell .papers .abroad .several money.nikoh"),
        ("marriage.more", ".yes .age .consent .abduction .annul .consulate"),
        then="leaving",
    ),
)
