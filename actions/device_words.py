"""What a browser calls itself, in words."""

from __future__ import annotations

#: Each names itself and those that it is like: the first that is found counts.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}
_UNKNOWN = "unknown browser"
_LONGEST = 60


def device(agent: str) -> str:
    """The browser and system, such as `Firefox on Linux`; else the agent's own words, shortened."""
    browser = _first(_BROWSERS, agent)
    system = _first(_SYSTEMS, agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or agent.strip()[:_LONGEST] or _UNKNOWN


def _first(words: dict[str, str], agent: str) -> str:
    return next((name for word, name in words.items() if word in agent), "")
