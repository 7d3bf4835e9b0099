"""The commands about who may be contacted, and what is kept of whom."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

RIGHTS_OF_OTHERS: Mapping[str, Entry] = {
    "contact": Group(
        "List contacts; record their notices and consents.",
        {
            "list": Leaf(
                "console.cli.contact:list_all",
                "List a client's contacts, the most urgent notice first.",
            ),
            "notice": Leaf(
                "console.cli.contact:notice",
                "Write notices to contacts and record that they were sent.",
            ),
            "consent": Leaf(
                "console.cli.consent:consent",
                "Record a consent to be contacted, or its withdrawal.",
            ),
            "consents": Leaf(
                "console.cli.consent:list_all", "List the consents of a client, newest first."
            ),
        },
    ),
    "policy": Group(
        "Say which channel may be used for whom.",
        {
            "show": Leaf("console.cli.policy:show", "Show which channel may be used for whom."),
            "check": Leaf("console.cli.policy:check", "Check a channel policy file."),
            "use": Leaf("console.cli.policy:use", "Put a channel policy in force for a client."),
            "explain": Leaf(
                "console.cli.policy:explain", "Explain how a company may be contacted."
            ),
            "schema": Leaf(
                "console.cli.policy:schema", "Print the JSON Schema of channel policy files."
            ),
        },
    ),
    "forget": Leaf(
        "console.cli.forget:forget", "Erase a company, person, e-mail or phone everywhere."
    ),
    "source-of": Leaf("console.cli.source_of:source_of", "Say where a company's data comes from."),
    "suppress": Group(
        "Manage the do-not-contact list.",
        {
            "add": Leaf(
                "console.cli.suppress:add", "Suppress a company, domain, e-mail address or phone."
            ),
            "check": Leaf("console.cli.suppress:check", "Check whether somebody is suppressed."),
            "list": Leaf("console.cli.suppress_list:list_all", "List a client's suppressions."),
            "end": Leaf("console.cli.suppress:end", "End a suppression."),
            "import": Leaf(
                "console.cli.suppress_import:import_file", "Suppress everything that a file names."
            ),
            "export": Leaf(
                "console.cli.suppress_export:export_file",
                "Write the do-not-contact list to a file.",
            ),
        },
    ),
}
