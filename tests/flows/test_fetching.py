"""Which proxy a run goes by: the settings', else the environment's; one that cannot be used is refused."""

import os

import pytest

from flows.fetching import open_fetcher
from flows.settings import FetchSettings, Settings, load_settings
from records import ConfigError

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def environment(monkeypatch):
    """An environment without proxies; set them with the function returned."""
    for name in [name for name in os.environ if name.lower() in VARIABLES]:
        monkeypatch.delenv(name)
    return lambda given: [monkeypatch.setenv(name, value) for name, value in given.items()]


@pytest.mark.parametrize(
    ("setting", "given", "http", "https"),
    [
        pytest.param(None, {}, None, None, id="none"),
        pytest.param(None, {"HTTPS_PROXY": "http://p:1"}, None, "http://p:1", id="environment"),
        pytest.param(None, {"https_proxy": "p:1", "HTTP_PROXY": "q:2"}, "q:2", "p:1", id="lower-case-and-bare"),
        pytest.param(None, {"ALL_PROXY": "http://p:1"}, "http://p:1", "http://p:1", id="all"),
        pytest.param("http://s:3", {"HTTPS_PROXY": "http://p:1"}, "http://s:3", "http://s:3", id="settings-win"),
        pytest.param("none", {"HTTPS_PROXY": "http://p:1"}, None, None, id="settings-say-none"),
    ],
)
def test_settings_go_before_the_environment(environment, setting, given, http, https):
    environment(given)
    proxies = FetchSettings(proxy=setting).proxies
    assert (proxies.get("http"), proxies.get("https")) == (http, https)


def test_hosts_of_no_proxy_are_asked_directly(environment):
    environment({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "press.tj, .local"})
    assert FetchSettings().proxies["no"] == "press.tj, .local"


@pytest.mark.parametrize("url", ["socks5://desk:secret@p:1080", "https://p:443", "http://p:nonsense"])
def test_a_proxy_that_cannot_be_used_is_refused_with_the_fix(environment, tmp_path, url):
    environment({"HTTPS_PROXY": url})
    with pytest.raises(ConfigError, match="proxy: none") as caught, open_fetcher(Settings(data_dir=tmp_path)):
        pass
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["http://desk:secret@p:1", "socks5://p:1", "p"])
def test_a_setting_that_is_no_proxy_is_refused_with_its_line(tmp_path, proxy):
    file = tmp_path / "wakhan.yml"
    file.write_text(f"fetch:\n  proxy: {proxy}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        load_settings(file)
