import logging
import socket
from contextlib import closing
from dataclasses import replace

import pytest

from bench.post_office import PASSWORD, USER, PostOffice, open_office
from digest.sending import MailServer, Outcome, send_mail
from records import MailError

MAIL = "From: a@wakhan.example\r\nTo: b@example.org\r\nSubject: x\r\n\r\n.one dot\r\nДушанбе\r\n".encode()


@pytest.fixture(scope="module", params=["starttls", "tls", "none"])
def office(request, tmp_path_factory):
    with open_office(tmp_path_factory.mktemp("office"), security=request.param, auth=request.param != "none") as opened:
        yield opened, request.param


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    with open_office(tmp_path_factory.mktemp("strict")) as opened:
        yield opened


def server_of(office: PostOffice, security: str = "starttls", **changes) -> MailServer:
    user = {} if security == "none" else {"user": USER, "password": PASSWORD}
    server = MailServer(
        host="localhost", port=office.port, security=security, ca_file=office.ca_file, timeout_seconds=5, **user
    )
    return replace(server, **changes)


def send(server: MailServer, slept: list[float] | None = None) -> Outcome:
    return send_mail(
        MAIL, sender="a@wakhan.example", recipient="b@example.org", server=server,
        sleep=(slept if slept is not None else []).append,
    )  # fmt: skip


def test_a_mail_arrives_as_it_was_over_every_kind_of_line(office):
    opened, security = office
    before = len(opened.mails), opened.logins
    assert send(server_of(opened, security)).kind == "accepted"
    assert opened.mails[before[0] :] == [MAIL]
    assert opened.recipients[-1] == "b@example.org"
    assert opened.logins - before[1] == (security != "none")


@pytest.mark.parametrize(
    ("answers", "kind", "pauses"),
    [
        ({"RCPT": ["450 greylisted"]}, "accepted", 1),
        ({"RCPT": ["450 greylisted"] * 3}, "deferred", 2),
        ({"MAIL": ["451 later"]}, "accepted", 1),
        ({"DATA": ["452 no room", "421 closing"]}, "accepted", 2),
        ({"RCPT": ["550 no such user"]}, "refused", 0),
        ({"DATA": ["554 5.7.1 looks like spam"]}, "refused", 0),
        ({"MAIL": ["552 too large"]}, "refused", 0),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_a_busy_server_is_asked_again_and_a_refusal_is_final(strict, answers, kind, pauses):
    slept: list[float] = []
    strict.answers = {name: list(lines) for name, lines in answers.items()}
    before = len(strict.mails)
    outcome = send(server_of(strict), slept)
    assert (outcome.kind, len(slept)) == (kind, pauses)
    assert len(strict.mails) - before == (kind == "accepted")
    if kind != "accepted":
        assert outcome.said == next(iter(answers.values()))[-1]


def test_a_server_that_hangs_up_after_the_mail_leaves_a_doubt_and_is_not_asked_again(strict):
    strict.answers = {"HANGUP": ["now"]}
    slept: list[float] = []
    assert send(server_of(strict), slept).kind == "doubtful"
    assert slept == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "wrong"}, "WAKHAN_SMTP_PASSWORD"),
        ({"ca_file": None}, "mail.ca_file"),
        ({"host": "127.0.0.1"}, "does not prove who it is"),
        ({"security": "tls"}, "mail.security"),
        ({"user": "", "password": ""}, "does not take mail from"),
    ],
    ids=["password", "unknown authority", "another name", "tls where there is none", "no login"],
)
def test_what_only_a_person_can_mend_is_said_with_its_setting(strict, changes, said):
    with pytest.raises(MailError, match=said):
        send(server_of(strict, **changes))


def test_a_server_without_starttls_gets_neither_mail_nor_password(tmp_path):
    with open_office(tmp_path, security="none", auth=False) as plain:
        with pytest.raises(MailError, match=r"mail\.security"):
            send(server_of(plain))
        assert plain.mails == []
        assert plain.logins == 0


@pytest.mark.parametrize("listening", [True, False], ids=["says nothing", "is not there"])
def test_a_server_that_is_silent_or_gone_is_tried_again_later(listening):
    with closing(socket.socket()) as quiet:
        quiet.bind(("127.0.0.1", 0))
        if listening:
            quiet.listen()
        server = MailServer(host="127.0.0.1", port=quiet.getsockname()[1], timeout_seconds=0.2)
        slept: list[float] = []
        assert send(server, slept).kind == "deferred"
        assert len(slept) == 2


def test_the_password_is_in_no_log_and_no_error(strict, caplog):
    caplog.set_level(logging.DEBUG)
    server = server_of(strict, password="топ-секрет")
    with pytest.raises(MailError) as caught:
        send(server)
    assert "топ-секрет" not in f"{caught.value} {server!r} {caplog.text}"
