import email
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import default

import pytest

from digest import render_digest
from digest.mail import Recipient, Sender, build_mail
from tests.digest.editions import DELIVERY, EDITION, EXERCISE, FLOOD, QUIET

SENDER = Sender(address="digest@wakhan.example")
ANNA = Recipient(reader="anna", address="anna@example.org", name="Анна Петрова")
DAY = date(2026, 11, 22)
MADE_AT = datetime(2026, 11, 22, 2, 0, 5, tzinfo=UTC)


def received(edition=EDITION, *, sender=SENDER, recipient=ANNA, day=DAY) -> EmailMessage:
    """Build a mail and read it back from its bytes, as a mail client does."""
    sent = build_mail(render_digest(edition), sender=sender, recipient=recipient, day=day, made_at=MADE_AT).as_bytes()
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")
    read = email.message_from_bytes(sent, policy=default)
    assert isinstance(read, EmailMessage)
    for part in read.walk():
        assert not part.defects
        for name in part:
            assert not getattr(part[name], "defects", ()), name
    return read


def shape(part: EmailMessage) -> object:
    if part.is_multipart():
        return part.get_content_type(), [shape(inner) for inner in part.iter_parts()]
    return part.get_content_type()


def test_the_text_comes_first_and_the_charts_stand_within_the_html():
    assert shape(received()) == (
        "multipart/alternative",
        ["text/plain", ("multipart/related", ["text/html", "image/png", "image/png", "image/png"])],
    )


def test_both_parts_are_as_rendered_in_all_scripts():
    rendered, mail = render_digest(EDITION), received()
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n").strip() == rendered.html.strip()
    assert "公安部" in text.get_content()
    assert "Ишкошимро" in text.get_content()


def test_three_thousand_alerts_are_a_mail_under_200_kb_as_it_is_sent():
    mail = build_mail(render_digest(FLOOD), sender=SENDER, recipient=ANNA, day=DAY, made_at=MADE_AT)
    assert len(mail.as_bytes()) < 200_000


def test_pages_that_are_out_to_fill_the_mail_do_not():
    url, long = "https://a.example/" + "%D0%B0" * 320, "界" * 400
    evidence = tuple(
        replace(
            EXERCISE.evidence[0],
            entity_id=f"e{place}",
            before=f"{place}{long}",
            surface=long,
            after=long,
            name=long,
            reasons=(long,) * 3,
            line_en=long,
        )
        for place in range(12)
    )
    item = replace(
        EXERCISE,
        title=long,
        title_en=long,
        byline=long,
        outlet=long,
        url=url,
        evidence=evidence,
        footnote=long * 3,
        retellings=tuple(replace(copy, url=url, outlet=long) for copy in EXERCISE.retellings * 3),
    )
    items = tuple(replace(item, story_id=f"s{place}") for place in range(200))
    edition = replace(EDITION, items=items, backscanned=items)
    mail = build_mail(render_digest(edition), sender=SENDER, recipient=ANNA, day=DAY, made_at=MADE_AT)
    assert len(mail.as_bytes()) < 200_000


def test_every_picture_of_the_html_is_in_the_mail_and_the_other_way_round():
    mail = received()
    cids = [part["Content-ID"].strip("<>") for part in mail.walk() if part.get_content_type() == "image/png"]
    html = mail.get_body(("html",))
    assert html is not None
    assert [f'src="cid:{cid}"' in html.get_content() for cid in cids] == [True] * 3
    assert html.get_content().count("cid:") == 3


def test_the_headers_are_those_of_a_list_that_answers_nobody():
    mail = received()
    assert mail["From"].addresses[0].addr_spec == "digest@wakhan.example"
    assert (mail["To"].addresses[0].display_name, mail["To"].addresses[0].addr_spec) == (ANNA.name, ANNA.address)
    assert mail["Date"].datetime == MADE_AT
    assert mail["List-Id"] == "Wakhan digest <digest.wakhan.example>"
    assert mail["List-Unsubscribe"] == "<mailto:digest@wakhan.example?subject=unsubscribe%20anna>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_one_click_is_not_claimed_beside_a_mail_address():
    assert "List-Unsubscribe-Post" not in received()


def test_one_click_is_offered_where_an_address_answers_it():
    sender = replace(SENDER, unsubscribe_url="https://lists.wakhan.example/off")
    mail = received(sender=sender)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].split(", ") == [
        "<https://lists.wakhan.example/off?reader=anna>",
        "<mailto:digest@wakhan.example?subject=unsubscribe%20anna>",
    ]


@pytest.mark.parametrize(
    "title", ["Российские военные начали учения на границе с Афганистаном", "中塔两国公安部门举行联合反恐演练"]
)
def test_the_subject_comes_through_in_cyrillic_and_chinese(title):
    edition = replace(EDITION, items=(replace(EXERCISE, title=title, title_en=None), DELIVERY))
    assert received(edition)["Subject"] == render_digest(edition).subject
    assert title in received(edition)["Subject"]


def test_a_mail_is_the_same_mail_whenever_it_is_made_and_another_for_another_reader_or_day():
    same = [received()["Message-ID"], received(QUIET)["Message-ID"]]
    other = [
        received(recipient=replace(ANNA, reader="boris"))["Message-ID"],
        received(day=date(2026, 11, 23))["Message-ID"],
    ]
    assert len({*same, *other}) == 3
    assert same[0] == same[1]
    assert same[0].endswith("@wakhan.example>")
    assert "anna" not in same[0]


def test_mails_of_one_day_are_one_thread_and_of_two_days_two():
    assert received()["References"] == received(QUIET)["References"] != received(day=date(2026, 11, 23))["References"]


def test_a_reader_of_plain_text_gets_plain_text():
    assert shape(received(recipient=replace(ANNA, format="text"))) == "text/plain"


HOSTILE = [
    pytest.param("Title\r\nBcc: everyone@example.org\r\n\r\n<b>body</b>", id="header break"),
    pytest.param("Title\nBcc: x@example.org", id="line feed"),
    pytest.param("Title\x85Bcc: x\u2028Bcc: y\u2029Bcc: z\x0bBcc: v", id="other line breaks"),
    pytest.param("=?utf-8?b?QmNjOiBhbGw=?= =?utf-8?q?=0d=0aBcc:_x?=", id="encoded words"),
    pytest.param("safe\u202egnp.exe\u2066\u200f", id="direction marks"),
    pytest.param("слово " * 1700, id="ten thousand letters"),
    pytest.param("界" * 10_000, id="thirty kilobytes without a space"),
    pytest.param("🛩️💥 \ud800 \x00 👩‍👩‍👧", id="emoji, broken UTF-16, NUL"),
    pytest.param('"><a@b>, c@d;', id="address syntax"),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_add_no_header_and_break_none(words):
    edition = replace(EDITION, items=(replace(EXERCISE, title=words, title_en=words, outlet=words),))
    mail = received(edition, recipient=replace(ANNA, name=words), sender=replace(SENDER, name=words))
    assert sorted(mail.keys()) == sorted(received().keys())
    assert len(mail["Subject"]) <= 160
    assert not {"\r", "\n", "\u202e", "\u2066", "\x00"} & set(mail["Subject"])
    assert [address.addr_spec for address in mail["To"].addresses] == [ANNA.address]
    assert [address.addr_spec for address in mail["From"].addresses] == [SENDER.address]


def test_an_address_with_a_line_break_builds_no_mail():
    with pytest.raises(ValueError):
        received(recipient=replace(ANNA, address="anna@example.org\r\nBcc: b@example.org"))
