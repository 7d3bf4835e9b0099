"""The HTML of a form that sends to an inbox."""

from __future__ import annotations

from html import escape

from leads.inboxes import Inbox

#: A field that people do not see: only programs fill it in.
TRAP = "confirm_url"


def form_of(inbox: Inbox, address: str) -> str:
    """The form, to be copied into a page of the client's site."""
    named = inbox.rules.fields

    def name(field: str) -> str:
        return escape(named.get(field, field))

    lines = [
        f'<form method="post" action="{escape(address)}">',
        f'  <label>Company <input name="{name("company")}" maxlength="200" required></label>',
        f'  <label>E-mail <input name="{name("email")}" type="email" maxlength="200" required></label>',
    ]
    if inbox.rules.consent:
        box = f'<input name="{name("consent")}" type="checkbox" value="yes">'
        lines.append(f"  <label>{box} {escape(inbox.rules.consent)}</label>")
    lines += [
        f'  <input name="{TRAP}" tabindex="-1" autocomplete="off" hidden>',
        "  <button>Send</button>",
        "</form>",
    ]
    return "\n".join(lines)
