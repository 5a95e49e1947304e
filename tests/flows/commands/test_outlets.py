"""``wakhan outlets``: the real command line on real files and a real site."""

import io
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from rich.console import Console

from extractors.outlet import find_outlet_file, load_outlets
from flows.sources.outlets import outlet_description

TEXT = "Пограничники двух стран провели на участке у реки совместное учение, сообщила пресс-служба. "


@pytest.fixture
def gazette(site, tmp_path):
    """An outlet with a feed of three articles, all well; returns its file."""
    items = ""
    for number in (1, 2, 3):
        published = format_datetime(datetime.now(UTC) - timedelta(hours=number))
        items += (
            f"<item><title>Учение у реки {number}</title><link>{site.url}/news/{number}</link>"
            f"<guid>{number}</guid><pubDate>{published}</pubDate></item>"
        )
        paragraphs = "".join(f"<p>{TEXT * 4}Часть {part}.</p>" for part in range(3))
        page = f"<html lang=ru><body><h1>Учение у реки {number}</h1><div class=text>{paragraphs}</div></body></html>"
        site.put(f"/news/{number}", page)
    site.put(
        "/rss.xml", f"<rss version='2.0'><channel><title>G</title>{items}</channel></rss>", content_type="text/xml"
    )
    site.put("/", "<html><head><title>Gazette</title></head><body>front</body></html>")
    file = tmp_path / "outlets" / "gazette.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"""\
title: Pamir Gazette   # its own name
country: TJ
languages: [ru]
url: {site.url}/
timezone: Asia/Dushanbe
sources:
  - {{kind: feed, url: "{site.url}/rss.xml", language: ru}}   # since 2024
article: {{url: '/news/\\d+$', title: h1, body: div.text}}
fetch: {{min_delay_seconds: 0}}
assertions:
  min: {{items: 3, text_chars_median: 300}}
  max: {{newest_age_hours: 48}}
""",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def check(wakhan, settings_file, gazette):
    def run(*arguments):
        return wakhan("--settings", settings_file, "outlets", "check", *arguments)

    return run


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_list_shows_every_bundled_outlet_once(wakhan):
    run = wakhan("outlets", "list", "--json")
    assert run.returncode == 0
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == [outlet.id for outlet in load_outlets()]


def test_list_of_a_folder_shows_why_an_outlet_is_paused(wakhan, gazette):
    change(gazette, "country: TJ", "country: TJ\npaused: rebuilt until May")
    run = wakhan("outlets", "list", "--outlets", gazette.parent)
    assert run.returncode == 0
    (line,) = [line for line in run.stdout.splitlines() if "gazette" in line]
    assert "rebuilt until May" in line
    assert "Pamir Gazette" in line


def test_show_says_all_that_the_file_says(wakhan, gazette):
    shown = wakhan("outlets", "show", "gazette", "--outlets", gazette).stdout
    for said in ("Pamir Gazette", "Asia/Dushanbe", "/rss.xml", "div.text", "text_chars_median", "gazette.yml"):
        assert said in shown


@pytest.mark.parametrize("outlet", load_outlets(), ids=lambda outlet: outlet.id)
def test_every_bundled_outlet_can_be_described(outlet):
    console = Console(width=10_000, file=io.StringIO(), record=True)
    for part in outlet_description(outlet, find_outlet_file(outlet.id)):
        console.print(part)
    shown = console.export_text()
    assert all(source.url in shown for source in outlet.sources)
    assert all(" ".join(note.split()) in " ".join(shown.split()) for note in outlet.notes)


def test_show_yaml_is_the_file(wakhan, gazette):
    run = wakhan("outlets", "show", "gazette", "--yaml", "--outlets", gazette.parent)
    assert run.stdout == gazette.read_text(encoding="utf-8")


def test_an_id_that_is_not_there_exits_2(wakhan):
    run = wakhan("outlets", "show", "nobody")
    assert run.returncode == 2
    assert "wakhan outlets list" in run.stderr


def test_a_healthy_outlet_is_one_line_and_exit_0(check):
    run = check()
    assert (run.returncode, run.stdout.count("\n")) == (0, 1), run.stdout + run.stderr
    assert run.stdout.startswith("gazette: ok: 3 items, 3 of 3 pages read, the newest 1 h old")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        pytest.param(
            {"/rss.xml": (200, "text/html", "<html><body>Welcome</body></html>")}, "feed ", id="html-for-feed"
        ),
        pytest.param({"/rss.xml": (404, "text/plain", "")}, "404", id="feed-gone"),
        pytest.param({"/rss.xml": (503, "text/plain", "")}, "503", id="feed-down"),
        pytest.param({f"/news/{n}": (404, "text/plain", "") for n in (1, 2, 3)}, "page ", id="pages-gone"),
        pytest.param(
            {
                f"/news/{n}": (200, "text/html", f"<h1>Учение {n}</h1><div class=text><p>{TEXT}</p></div>")
                for n in (1, 2, 3)
            },
            "assertions.min.text_chars_median",
            id="short-texts",
        ),
    ],
)
def test_what_is_wrong_is_said_and_exits_1(check, site, broken, said):
    site.paths.update(broken)
    run = check("gazette")
    assert run.returncode == 1
    wrong = [line for line in run.stdout.splitlines() if line.startswith("gazette: wrong: ")]
    assert any(said in line for line in wrong), run.stdout
    assert "assertions.min.items" not in run.stdout  # a source that fails says why it brings nothing
    assert "Traceback" not in run.stderr


def test_a_broken_maximum_is_a_warning_and_no_failure(check, gazette):
    change(gazette, "newest_age_hours: 48", "newest_age_hours: 0")
    run = check()
    assert run.returncode == 0
    assert "gazette: warning: the newest item is 1 h old" in run.stdout


def test_a_fallback_that_fails_is_a_warning(check, gazette, site):
    change(gazette, "article:", f'  - {{kind: feed, url: "{site.url}/old.xml", fallback: true}}\narticle:')
    run = check()
    assert run.returncode == 0
    assert "gazette: warning: feed" in run.stdout


def test_an_outlet_that_is_paused_is_not_asked(check, gazette, site):
    change(gazette, "country: TJ", "country: TJ\npaused: rebuilt until May")
    run = check()
    assert (run.returncode, run.stdout) == (0, "gazette: paused: rebuilt until May\n")
    assert site.asked == []


def test_a_host_that_is_not_allowed_is_not_reached(wakhan, gazette, site, tmp_path):
    run = wakhan("outlets", "check", "--outlets", gazette, XDG_DATA_HOME=str(tmp_path), WAKHAN_SETTINGS="")
    assert run.returncode == 1
    assert site.asked == []
    assert "gazette: wrong: feed" in run.stdout


def moved(site, how):
    feed = site.paths.pop("/rss.xml")
    site.paths["/feed/new.xml"] = feed
    if how == "redirect":
        site.redirect("/rss.xml", f"{site.url}/feed/new.xml")
    else:
        link = '<link rel="alternate" type="application/rss+xml" href="/feed/new.xml">'
        site.put("/", f"<html><head>{link}</head><body></body></html>")


@pytest.mark.parametrize("how", ["redirect", "declared-by-the-front-page"])
def test_a_moved_feed_is_found_and_the_patch_is_shown(check, site, gazette, how):
    moved(site, how)
    before = gazette.read_text(encoding="utf-8")
    run = check()
    assert f"gazette: warning: {site.url}/rss.xml has moved to {site.url}/feed/new.xml" in run.stdout
    assert f'+  - {{kind: feed, url: "{site.url}/feed/new.xml", language: ru}}   # since 2024' in run.stdout
    assert gazette.read_text(encoding="utf-8") == before


def test_write_changes_the_one_address_and_the_next_check_is_well(check, site, gazette):
    moved(site, "declared-by-the-front-page")
    before = gazette.read_text(encoding="utf-8")
    assert check("--write").returncode == 1
    assert gazette.read_text(encoding="utf-8") == before.replace("/rss.xml", "/feed/new.xml")
    assert check().returncode == 0


def test_a_feed_that_is_declared_but_does_not_answer_is_not_offered(check, site):
    moved(site, "declared-by-the-front-page")
    site.put("/feed/new.xml", "<html>not a feed</html>")
    run = check()
    assert run.returncode == 1
    assert "has moved" not in run.stdout


def test_the_bundled_files_are_not_written_to(wakhan):
    run = wakhan("outlets", "check", "--write", "asia_plus", WAKHAN_SETTINGS="")
    assert run.returncode == 2
    assert "outlets show ID --yaml" in run.stderr


def test_json_says_the_same_for_a_script(check, site):
    moved(site, "redirect")
    (line,) = check("--json").stdout.splitlines()
    said = json.loads(line)
    assert said["verdict"] == "warning"
    assert said["moves"] == {f"{site.url}/rss.xml": f"{site.url}/feed/new.xml"}
    assert said["patch"].startswith("--- a/gazette.yml")


def test_discover_drafts_a_file_that_checks_well(wakhan, settings_file, gazette, site, tmp_path):
    link = '<link rel="alternate" type="application/rss+xml" hreflang="ru" href="/rss.xml">'
    site.put("/", f"<html><head><title>Pamir Gazette</title>{link}</head><body></body></html>")
    run = wakhan("--settings", settings_file, "outlets", "discover", f"{site.url}/")
    assert run.returncode == 0, run.stderr
    assert "1 of 1 sources answer" in run.stderr
    draft = tmp_path / "outlets" / "drafted.yml"
    draft.write_text(run.stdout, encoding="utf-8")
    (outlet,) = load_outlets(draft)
    assert (outlet.title, outlet.languages, outlet.sources[0].url) == ("Pamir Gazette", ("ru",), f"{site.url}/rss.xml")
    assert outlet.article.matches(f"{site.url}/news/3")
    assert wakhan("--settings", settings_file, "outlets", "check", "drafted", "--pages", 1).returncode == 0


def test_discover_finds_a_feed_that_nobody_links_to(wakhan, settings_file, gazette, site):
    run = wakhan("--settings", settings_file, "outlets", "discover", f"{site.url}/")
    assert f'url: "{site.url}/rss.xml"' in run.stdout, run.stderr


@pytest.mark.parametrize("url", ["ftp://example.org/", "example.org"])
def test_discover_refuses_what_is_no_address(wakhan, url):
    run = wakhan("outlets", "discover", url)
    assert run.returncode == 2
    assert "https://" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_opml_list_comes_back_as_it_went_and_is_never_doubled(wakhan, tmp_path):
    ids = ("asia_plus", "eurasianet")
    exported = wakhan("outlets", "export", *ids, "guancha", WAKHAN_SETTINGS="")
    assert exported.returncode == 0
    assert "1 of 3 outlets has no feed and is left out: guancha" in exported.stderr
    original = {outlet.id: outlet for outlet in load_outlets()}
    others = [each.kind for one in (*ids, "guancha") for each in original[one].sources if each.kind != "feed"]
    assert f"{len(others)} sources of other kinds left out: {others.count('list')} list" in exported.stderr
    opml, folder = tmp_path / "feeds.opml", tmp_path / "mine"
    opml.write_text(exported.stdout.replace("</body>", "<outline text='Заметки'/></body>"), encoding="utf-8")
    first = wakhan("outlets", "import", opml, "--to", folder)
    assert first.stdout.splitlines() == [str(folder / f"{each}.yml") for each in ids], first.stderr
    assert "Left out, for they have no feed's address: Заметки" in first.stderr
    for outlet in load_outlets(folder):
        same = original[outlet.id]
        assert (outlet.title, outlet.country, outlet.timezone, outlet.languages) == (
            same.title,
            same.country,
            same.timezone,
            same.languages,
        )
        assert [each.url for each in outlet.sources] == [each.url for each in same.sources if each.kind == "feed"]
    written = {file: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    again = wakhan("outlets", "import", opml, "--to", folder)
    assert (again.returncode, again.stdout) == (0, "")
    assert "already there as asia_plus" in again.stderr
    assert {file: file.read_text(encoding="utf-8") for file in folder.iterdir()} == written


def test_what_is_no_opml_exits_2(wakhan, tmp_path):
    file = tmp_path / "feeds.opml"
    file.write_text("<html></html>", encoding="utf-8")
    run = wakhan("outlets", "import", file, "--to", tmp_path / "mine")
    assert run.returncode == 2
    assert "not OPML" in run.stderr
