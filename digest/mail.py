"""A rendered digest as a mail that providers take: both parts, charts within, and the headers of a list."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal
from urllib.parse import quote

from digest.rendering import RenderedDigest
from digest.wording import clean

# Base64 keeps Cyrillic at 1.33 times its size, where quoted-printable makes it three times as long.
_POLICY = SMTP.clone(cte_type="7bit")

# Clients show 60 to 90 characters of a subject; what is longer is folded over many lines for nothing.
SUBJECT_CHARACTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who digests come from.

    ``unsubscribe`` is the address a reader's client writes to, ``unsubscribe_url`` an HTTPS one it posts to.
    """

    address: str
    name: str = "Wakhan"
    unsubscribe: str | None = None
    unsubscribe_url: str | None = None

    @property
    def domain(self) -> str:
        """The domain that makes message ids and the list's id unique in the world."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who a digest goes to; ``reader`` is the id of the subscription."""

    reader: str
    address: str
    name: str = ""
    format: Literal["html+text", "text"] = "html+text"


def build_mail(
    rendered: RenderedDigest, *, sender: Sender, recipient: Recipient, day: date, made_at: datetime
) -> EmailMessage:
    """Return the mail of a reader's day; ``made_at`` (aware) is its Date.

    ``List-Unsubscribe-Post`` is there when ``sender`` has an HTTPS address for it: RFC 8058, 3.1, allows it only beside
    one that unsubscribes on a POST.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(display_name=_words(sender.name, 100), addr_spec=sender.address)
    mail["To"] = Address(display_name=_words(recipient.name, 100), addr_spec=recipient.address)
    mail["Subject"] = _words(rendered.subject, SUBJECT_CHARACTERS)
    mail["Date"] = format_datetime(made_at.astimezone(UTC))
    mail["Message-ID"] = message_id_of(recipient.reader, day, sender.domain)
    # A thread a day: whatever else a reader gets that day refers to the same id, which no mail carries itself.
    mail["References"] = mail["In-Reply-To"] = thread_id_of(recipient.reader, day, sender.domain)
    mail["List-Id"] = f"Wakhan digest <digest.{sender.domain}>"
    mail["List-Unsubscribe"] = _unsubscribe(sender, recipient)
    if sender.unsubscribe_url:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # RFC 3834: nobody's holiday notice answers it.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(rendered.text, charset="utf-8", cte="base64")
    if recipient.format == "html+text":
        _add_html(mail, rendered)
    return mail


def message_id_of(reader: str, day: date, domain: str) -> str:
    """Return the Message-ID of a reader's day: the same whenever that mail is made or sent again."""
    return f"<digest.{day.isoformat()}.{_token(reader)}@{domain}>"


def thread_id_of(reader: str, day: date, domain: str) -> str:
    """Return the id that all mails of a reader's day refer to."""
    return f"<day.{day.isoformat()}.{_token(reader)}@{domain}>"


def _words(text: str, limit: int) -> str:
    # In a header `=?utf-8?b?...?=` is decoded again by whoever reads it, line breaks and all.
    return clean(text.replace("=?", "= ?"), limit)


def _token(reader: str) -> str:
    # The id of a reader may be a person's name; a Message-ID is quoted wherever a mail is forwarded.
    return hashlib.sha256(reader.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _unsubscribe(sender: Sender, recipient: Recipient) -> str:
    reader = re.sub(r"[^A-Za-z0-9_.-]", "", recipient.reader)
    address = quote(sender.unsubscribe or sender.address, safe="@+.-_")
    mailto = f"<mailto:{address}?subject={quote(f'unsubscribe {reader}')}>"
    if sender.unsubscribe_url is None:
        return mailto
    # RFC 8058, 3.1: the address says who is to be taken off the list, the POST says no more.
    return f"<{sender.unsubscribe_url}?reader={quote(reader)}>, {mailto}"


def _add_html(mail: EmailMessage, rendered: RenderedDigest) -> None:
    mail.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
    parts = mail.get_payload()
    assert isinstance(parts, list)
    html = parts[1]
    assert isinstance(html, EmailMessage)
    for chart in rendered.charts:
        name = chart.cid.partition("@")[0]
        html.add_related(chart.png, "image", "png", cid=f"<{chart.cid}>", disposition="inline", filename=f"{name}.png")
