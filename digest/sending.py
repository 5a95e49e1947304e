"""Hand a mail to an SMTP server and say what became of it. The standard library's client, one connection a mail."""

from __future__ import annotations

import base64
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from digest.wording import clean
from records import MailError

Security = Literal["starttls", "tls", "none"]

_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}

# Pauses between tries of one call: a full queue or a restart is over in seconds. What takes longer waits in the outbox.
PAUSES_SECONDS = (2.0, 8.0)

# RFC 5321, 4.5.3.2.6: ten minutes for the answer to the end of a mail, where thirty seconds do elsewhere. Who gives up
# sooner sends copies.
_PATIENCE = 20

# 552: the mail is too large for this server. It stands where a refusal of the sender would.
_TOO_LARGE = 552


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed over; ``ca_file`` holds certificates to trust besides the system's."""

    host: str
    port: int | None = None
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_seconds: float = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail, and what the server said.

    ``accepted``; ``deferred``: certainly not taken, worth another try; ``refused``: this recipient or this mail, for
    good; ``doubtful``: all of it was sent and no answer came.
    """

    kind: Literal["accepted", "deferred", "refused", "doubtful"]
    said: str = ""


def send_mail(
    mail: bytes, *, sender: str, recipient: str, server: MailServer, sleep: Callable[[float], None] = time.sleep
) -> Outcome:
    """Hand over one mail (CRLF lines), with a few tries while the server says that it is busy.

    Raises ``MailError`` when the server cannot be used as set up: certificate, login, sender, or encryption refused.
    """
    for pause_seconds in PAUSES_SECONDS:
        outcome = _try_once(mail, sender, recipient, server)
        if outcome.kind != "deferred":
            return outcome
        sleep(pause_seconds)
    return _try_once(mail, sender, recipient, server)


def _try_once(mail: bytes, sender: str, recipient: str, server: MailServer) -> Outcome:
    try:
        smtp = _connect(server)
    except smtplib.SMTPResponseException as error:
        return Outcome(kind="deferred", said=_said(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(kind="deferred", said=f"{server.host}: {clean(str(error), 200) or type(error).__name__}")
    try:
        return _hand_over(smtp, mail, sender, recipient)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(kind="deferred", said=f"{server.host}: {clean(str(error), 200) or type(error).__name__}")
    finally:
        # Not quit(): it would wait for an answer that decides nothing any more.
        smtp.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    """Connect, encrypt and log in. Raises ``MailError`` for what another try will not change."""
    try:
        return _open(server)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:  # 454: the server cannot check passwords just now
            raise
        raise MailError(
            f"{server.host} refuses the login of {server.user} ({_said(error.smtp_code, error.smtp_error)}). Check "
            "mail.user and the environment's WAKHAN_SMTP_PASSWORD"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(
            f"{server.host} does not offer what is asked ({clean(str(error))}). Check mail.security and mail.port"
        ) from error
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
        raise  # it hung up: a restart, not a mistake
    except ssl.SSLError as error:
        raise MailError(
            f"{server.host} does not prove who it is: {clean(str(error.reason or error))}. Check mail.host, mail.port "
            "and mail.security; a server with a certificate of its own needs mail.ca_file"
        ) from error


def _open(server: MailServer) -> smtplib.SMTP:
    port = server.port or _PORTS[server.security]
    context = ssl.create_default_context()
    if server.ca_file is not None:
        try:
            context.load_verify_locations(server.ca_file)
        except OSError as error:  # missing, or no certificate: an SSLError is one
            raise MailError(f"mail.ca_file: {server.ca_file} cannot be read: {clean(str(error))}") from error
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, port, timeout=server.timeout_seconds, context=context)
    else:
        smtp = smtplib.SMTP(server.host, port, timeout=server.timeout_seconds)
    with ExitStack() as refused:
        refused.callback(smtp.close)
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            _log_in(smtp, server.user, server.password)
        refused.pop_all()
    return smtp


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if f"{user}{password}".isascii():
        smtp.login(user, password)
        return
    # smtplib knows ASCII alone; RFC 4616 says UTF-8.
    smtp.ehlo_or_helo_if_needed()
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("AUTH PLAIN, which a password with letters beyond ASCII needs")
    token = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, said = smtp.docmd("AUTH", f"PLAIN {token}")
    if code not in {235, 503}:  # 503: logged in already
        raise smtplib.SMTPAuthenticationError(code, said)


def _hand_over(smtp: smtplib.SMTP, mail: bytes, sender: str, recipient: str) -> Outcome:
    smtp.ehlo_or_helo_if_needed()
    code, said = smtp.mail(sender, [f"size={len(mail)}"] if smtp.has_extn("size") else ())
    if code >= 500 and code != _TOO_LARGE:
        raise MailError(f"the server does not take mail from {sender} ({_said(code, said)}). Check mail.sender")
    if code != 250:
        return _answered(code, said)
    code, said = smtp.rcpt(recipient)
    if code not in {250, 251}:
        return _answered(code, said)
    if smtp.sock is not None:
        smtp.sock.settimeout(_PATIENCE * (smtp.timeout or 30))
    try:
        code, said = smtp.data(mail)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        # The server may have taken it and died before it said so.
        return Outcome(kind="doubtful", said=clean(str(error), 200) or type(error).__name__)
    return Outcome(kind="accepted", said=_said(code, said)) if code == 250 else _answered(code, said)


def _answered(code: int, said: bytes | str) -> Outcome:
    return Outcome(kind="refused" if code >= 500 else "deferred", said=_said(code, said))


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {clean(words, 200)}"
