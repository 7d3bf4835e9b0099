"""The commands about other programs: tokens of the API, and webhooks."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

PROGRAMS: Mapping[str, Entry] = {
    "token": Group(
        "Let programs use the API.",
        {
            "add": Leaf("console.cli.token:add", "Add a token for the API."),
            "list": Leaf("console.cli.token:list_all", "List the tokens for the API."),
            "revoke": Leaf("console.cli.token:revoke", "Revoke a token for the API."),
        },
    ),
    "webhook": Group(
        "Tell your own address what happens.",
        {
            "add": Leaf("console.cli.webhooks:add", "Add a webhook."),
            "list": Leaf("console.cli.webhooks:list_all", "List a client's webhooks."),
            "remove": Leaf(
                "console.cli.webhooks:remove",
                "Remove a webhook, with the messages that wait for it.",
            ),
            "test": Leaf("console.cli.webhooks:send_test", "Send a test message to a webhook."),
        },
    ),
    "inbox": Group(
        "Take in messages of programs and web forms.",
        {
            "add": Leaf("console.cli.inboxes:add", "Add an inbox."),
            "list": Leaf("console.cli.inboxes:list_all", "List a client's inboxes."),
            "show": Leaf("console.cli.inboxes:show", "Show an inbox, and what came in last."),
            "rotate": Leaf("console.cli.inboxes:rotate", "Give an inbox another secret."),
            "remove": Leaf("console.cli.inboxes:remove", "Remove an inbox; what came in stays."),
        },
    ),
}
