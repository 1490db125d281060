"""Names of browsers and systems."""

import pytest

from commitments.text.agents import device_name

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (WINDOWS + "Chrome/126.0.0.0 Safari/537.36", "Chrome, Windows"),
        (WINDOWS + "Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        (WINDOWS + "coc_coc_browser/126.0 Chrome/120.0 Safari/537.36", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Safari/605.1", "Safari, macOS"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_device_name(said, name):
    assert device_name(said) == name
