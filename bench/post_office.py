# ruff: noqa: ARG002, N802 - aiosmtpd names these methods and calls them by position
"""A real SMTP server on loopback, with certificates of its own, that can be told to misbehave."""

from __future__ import annotations

import ssl
from asyncio import Server, WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "wakhan", "сорок тысяч"


@dataclass
class PostOffice:
    """What came in, and how it answers: ``answers`` are given to the next commands of a name, then all is well."""

    port: int = 0
    ca_file: Path = Path()
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    on_data: Callable[[], None] = lambda: None

    def _answer(self, command: str) -> str | None:
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else None

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("MAIL")
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("RCPT")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self._answer("DATA"):
            return answer
        assert envelope.original_content is not None
        self.mails.append(envelope.original_content)
        self.recipients += envelope.rcpt_tos
        self.on_data()
        if self._answer("HANGUP"):
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return "250 Message accepted for delivery"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: object
    ) -> AuthResult:
        assert isinstance(auth_data, LoginPassword)
        good = auth_data.login == USER.encode() and auth_data.password == PASSWORD.encode()
        self.logins += good
        return AuthResult(success=good, handled=False)


class _AnyPort(Controller):
    """Takes the port that the system gives, without a moment in which another could take it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def open_office(folder: Path, *, security: str = "starttls", auth: bool = True) -> Iterator[PostOffice]:
    """Serve on 127.0.0.1 under the name ``localhost`` until the block ends."""
    office = PostOffice(ca_file=folder / "ca.pem")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(office.ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    encrypted = security != "none"
    controller = _AnyPort(
        office,
        hostname="127.0.0.1",
        port=0,
        ssl_context=context if security == "tls" else None,
        tls_context=context if security == "starttls" else None,
        require_starttls=security == "starttls",
        authenticator=office.authenticate if auth else None,
        auth_required=auth,
        auth_require_tls=encrypted,
    )
    # Under TLS from the first byte aiosmtpd does not see that it is encrypted.
    if security == "tls":
        controller.SMTP_kwargs["auth_require_tls"] = False
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
