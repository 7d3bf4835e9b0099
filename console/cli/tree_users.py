"""The commands about users: who they are, and how they log in."""

from __future__ import annotations

from console.cli.lazy import Group, Leaf

USERS = Group(
    "Add, change and remove users.",
    {
        "add": Leaf("console.cli.user:add", "Add a user."),
        "set": Leaf("console.cli.user:change", "Change a user's role or clients."),
        "remove": Leaf("console.cli.user:remove", "Remove a user."),
        "link": Leaf("console.cli.user_link:link", "Make a link to set a user's password."),
        "sessions": Leaf(
            "console.cli.user_logins:sessions", "List the browsers a user is logged in with."
        ),
        "log-out": Leaf("console.cli.user_logins:log_out", "Log a user out of the pages."),
        "second-factor": Leaf(
            "console.cli.user_logins:second_factor", "Show or set who needs a second factor."
        ),
        "reset-factor": Leaf(
            "console.cli.user_logins:reset_factor", "Remove a user's second factor."
        ),
        "sso": Leaf("console.cli.user_sso:sso", "Show or set a user's single sign-on."),
        "list": Leaf("console.cli.user:list_all", "List the users."),
        "show": Leaf("console.cli.user:show", "Show a user."),
        "defaults": Leaf(
            "console.cli.user_defaults:defaults", "Show or set your usual queue and time zone."
        ),
    },
)
