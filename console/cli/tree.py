"""The tree of commands: each name, the function behind it, and its line in lists of commands.

A line has at most 60 characters and is the first line of the command's own help.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf
from console.cli.tree_enrich import ENRICH
from console.cli.tree_evidence import EVIDENCE
from console.cli.tree_leads import LEADS
from console.cli.tree_ops import OPS
from console.cli.tree_programs import PROGRAMS
from console.cli.tree_reports import REPORTS
from console.cli.tree_rights import RIGHTS_OF_OTHERS
from console.cli.tree_users import USERS

COMMANDS: Mapping[str, Entry] = {
    "demo": Leaf("console.cli.demo:demo", "Run the whole pipeline on a made-up town."),
    "run": Leaf("console.cli.run:run", "Turn raw lists into a queue of prospects."),
    "import": Leaf("console.cli.import_list:import_list", "Store a raw list."),
    "cluster": Leaf("console.cli.cluster:cluster", "Find duplicates inside one file."),
    "link": Leaf("console.cli.cluster:link", "Find the rows of one file in another."),
    "extract": Leaf("console.cli.saved_page:extract", "Show the facts that one saved page states."),
    "technologies": Leaf(
        "console.cli.saved_page:technologies", "Detect the technologies of one saved page."
    ),
    "qualify": Leaf("console.cli.qualify:qualify", "Check each row of FILE against an ICP."),
    "predict": Group(
        "Learn from outcomes who converts.",
        {
            "file": Leaf(
                "console.cli.predict:predict", "Check whether past outcomes tell who converts."
            ),
            "train": Leaf("console.cli.predict_store:train", "Learn from a campaign's outcomes."),
            "check": Leaf("console.cli.predict_store:check", "Try a prediction on outcomes since."),
            "use": Leaf("console.cli.predict_store:use", "Order the queue by a prediction."),
            "explain": Leaf(
                "console.cli.predict_store:explain", "Explain the chance of a company."
            ),
        },
        of_files="file",
    ),
    "worker": Leaf("console.cli.worker:worker", "Run workers until they are stopped."),
    "up": Leaf("console.cli.worker:up", "Run workers and the Redis they need."),
    "serve": Leaf("console.cli.serve:serve", "Serve the pages for SDRs in the browser."),
    "doctor": Leaf("console.cli.doctor:doctor", "Check the installation."),
    "config": Leaf("console.cli.config:config", "Show every setting and its source."),
    "backup": Leaf("console.cli.backup:backup", "Back up the database and its key."),
    "restore": Leaf("console.cli.backup:restore", "Restore a backup (all or nothing)."),
    "lists": Group(
        "List a client's lists.",
        {
            "show": Leaf("console.cli.lists:show", "Show a list, its imports and its columns."),
            "undo": Leaf("console.cli.undo_import:undo", "Undo the last import of a list."),
            "scorecard": Leaf("console.cli.lists:scorecard", "Count what a list was worth."),
        },
        alone="console.cli.lists:show_all",
    ),
    "agency": Group(
        "Set what counts for all clients.",
        {
            "show": Leaf("console.cli.agency:show", "Show what counts for all clients."),
            "set": Leaf("console.cli.agency:change", "Set how long a worked company is held."),
        },
    ),
    "client": Group(
        "Add, show and set up clients.",
        {
            "add": Leaf("console.cli.client:add", "Add a client."),
            "list": Leaf("console.cli.client:list_all", "List the clients."),
            "show": Leaf("console.cli.client:show", "Show a client with its lists and campaigns."),
            "set": Leaf(
                "console.cli.client_set:set_options",
                "Set a client's options, such as country and hourly cost.",
            ),
        },
    ),
    "campaign": Group(
        "Add and show campaigns.",
        {
            "add": Leaf("console.cli.campaign:add", "Add a campaign."),
            "list": Leaf("console.cli.campaign:list_all", "List a client's campaigns."),
            "show": Leaf(
                "console.cli.campaign:show", "Show a campaign's profile, stages and queue."
            ),
            "set": Leaf("console.cli.campaign:change", "Set a campaign's daily caps and script."),
        },
    ),
    "user": USERS,
    "dedupe": Group(
        "Explain, merge and split duplicates; learn from answers.",
        {
            "run": Leaf("console.cli.duplicates:run", "Find duplicates among all records."),
            "review": Leaf(
                "console.cli.review_pairs:review",
                "Show the pairs of records that a person must decide.",
            ),
            "answer": Leaf("console.cli.reviews:answer", "Decide whether two companies are one."),
            "undo": Leaf(
                "console.cli.reviews:undo", "Withdraw people's decisions about duplicates."
            ),
            "explain": Leaf("console.cli.duplicates:explain", "Explain why records match or not."),
            "find": Leaf(
                "console.cli.duplicates_find:find", "Find companies that may be the one described."
            ),
            "fit": Leaf("console.cli.match_fit:fit", "Fit the weights to your answers."),
            "models": Leaf("console.cli.match_models:models", "List the fitted models."),
            "weights": Leaf("console.cli.match_models:weights", "Show a model's weights."),
            "diff": Leaf("console.cli.match_models:diff", "Show what a model would change."),
            "use": Leaf("console.cli.match_models:use", "Compare records with a model."),
            "drop": Leaf("console.cli.match_models:drop", "Delete a model."),
            "split": Leaf("console.cli.duplicates:split", "Split records off a company."),
            "merge": Leaf("console.cli.duplicates:merge", "Merge two companies."),
            "relate": Leaf("console.cli.relations:relate", "Relate a company to another."),
            "unrelate": Leaf(
                "console.cli.relations:unrelate", "End the relation of two companies."
            ),
        },
    ),
    "crawl": Group(
        "Visit company sites politely.",
        {
            "run": Leaf("console.cli.crawl:run", "Visit the sites that open verdicts wait for."),
            "site": Leaf("console.cli.crawl:site", "Visit one site now and keep what it shows."),
            "opt-out": Leaf("console.cli.opt_outs:opt_out", "Leave a host alone."),
            "opt-outs": Leaf("console.cli.opt_outs:opt_outs", "List the hosts left alone."),
            "opt-in": Leaf("console.cli.opt_outs:opt_in", "Allow visits to a host again."),
        },
    ),
    "sites": Group(
        "Find companies' sites; show what is kept of them.",
        {
            "show": Leaf(
                "console.cli.site_pages:show", "Show a site's visits and pages, and when it is due."
            ),
            "dead": Leaf("console.cli.site_pages:dead", "List the sites that are stated dead."),
            "reread": Leaf(
                "console.cli.rereading:reread",
                "Extract facts again from kept pages, without the network.",
            ),
            "prune": Leaf(
                "console.cli.site_pages:prune", "Drop old pages, as the sweeper does each hour."
            ),
            "find": Leaf("console.cli.sites:find", "Find the site of a company, or of each row."),
            "review": Leaf(
                "console.cli.found_sites:review", "Show the sites that a person should look at."
            ),
            "answer": Leaf(
                "console.cli.found_sites:answer", "Say whether the site found is the company's."
            ),
            "undo": Leaf(
                "console.cli.found_sites:undo", "Withdraw the last word about a company's site."
            ),
        },
    ),
    "icp": Group(
        "Write, check and use an ICP.",
        {
            "new": Leaf(
                "console.cli.icp_new:new", "Ask what a good customer is, and write a profile."
            ),
            "words": Leaf("console.cli.icp:words", "List the words of profiles, or explain one."),
            "check": Leaf("console.cli.icp:check", "Check a profile and show what it asks."),
            "schema": Leaf("console.cli.icp:schema", "Print the JSON Schema of profiles."),
            "use": Leaf("console.cli.icp:use", "Put a profile in force for a campaign."),
            "explain": Leaf("console.cli.icp_explain:explain", "Explain a company's verdict."),
            "diff": Leaf("console.cli.icp_diff:diff", "Show what profile B would change over A."),
            "backtest": Leaf(
                "console.cli.icp_backtest:backtest", "Compare verdicts with what companies became."
            ),
            "replay": Leaf(
                "console.cli.icp:replay", "Check that verdicts follow from stored facts."
            ),
        },
    ),
    "work": Leaf("console.cli.desk:work", "Work your prospects one by one."),
    "queue": Group(
        "Work the queue of prospects.",
        {
            "next": Leaf("console.cli.queue:take_next", "Lease the best free prospect."),
            "show": Leaf("console.cli.queue_show:show", "Show the queue, or one company's card."),
            "answer": Leaf("console.cli.queue_answer:answer", "Record a prospect's answer."),
            "mine": Leaf(
                "console.cli.queue_mine:mine", "List the prospects you hold and your call-backs."
            ),
            "done": Leaf("console.cli.queue_done:done", "Report what came of a prospect."),
            "release": Leaf("console.cli.queue_desk:release", "Return a prospect to the queue."),
            "skip": Leaf("console.cli.queue_desk:skip", "Leave a prospect to others for a day."),
            "postpone": Leaf(
                "console.cli.queue_desk:postpone", "Put a prospect off until a day or time."
            ),
            "note": Leaf("console.cli.queue_desk:write_note", "Write a note on a company's card."),
            "undo": Leaf("console.cli.queue_desk:undo", "Undo your last action in the campaign."),
            "reopen": Leaf("console.cli.queue:reopen", "Reopen what a disposition closed."),
            "stats": Leaf("console.cli.queue_show:stats", "Count the queue by state and outcome."),
        },
    ),
    **RIGHTS_OF_OTHERS,
    "dispositions": Group(
        "Say what each result of a contact leads to.",
        {
            "list": Leaf(
                "console.cli.dispositions:list_all",
                "List what a user can report, and what follows.",
            ),
            "check": Leaf("console.cli.dispositions:check", "Check a disposition file."),
            "use": Leaf(
                "console.cli.dispositions:use", "Put a disposition file in force for a client."
            ),
            "schema": Leaf(
                "console.cli.dispositions:schema", "Print the JSON Schema of disposition files."
            ),
        },
    ),
    "export": Group(
        "Export companies to a file.",
        {
            "profiles": Leaf("console.cli.export_profiles:profiles", "List the export profiles."),
            "show": Leaf("console.cli.export_profiles:show", "Print an export profile."),
            "check": Leaf("console.cli.export_profiles:check", "Check an export profile."),
            "fields": Leaf(
                "console.cli.export_profiles:fields", "List the fields that a profile may name."
            ),
            "log": Leaf("console.cli.export:log", "List a campaign's exports, newest first."),
        },
        alone="console.cli.export:export",
    ),
    "outcomes": Group(
        "Import what other tools report of companies.",
        {
            "import": Leaf("console.cli.outcomes:import_file", "Import what another tool reports."),
            "undo": Leaf("console.cli.undo_outcomes:undo", "Undo the last import of outcomes."),
            "profiles": Leaf("console.cli.outcomes:profiles", "List the outcome profiles."),
            "show": Leaf("console.cli.outcomes:show", "Print an outcome profile."),
        },
    ),
    "signal": Group(
        "Show and record what companies did.",
        {
            "list": Leaf("console.cli.signals:list_all", "List a company's signals, oldest first."),
            "add": Leaf("console.cli.signals:add", "Record what a company did."),
            "kinds": Leaf("console.cli.signal_kinds:kinds", "List the kinds of signals."),
            "remove": Leaf("console.cli.signals:remove", "Take a signal back."),
            "import": Leaf(
                "console.cli.signal_import:import_file",
                "Record the signals of a file, or score them.",
            ),
        },
    ),
    "scoring": Group(
        "Say what signals are worth.",
        {
            "new": Leaf("console.cli.scoring_new:new", "Write a scoring file to start from."),
            "check": Leaf("console.cli.scoring:check", "Check a scoring file."),
            "use": Leaf(
                "console.cli.scoring_store:use", "Put a scoring file in force for a campaign."
            ),
            "explain": Leaf("console.cli.scoring_store:explain", "Explain a company's score."),
            "schema": Leaf("console.cli.scoring:schema", "Print the JSON Schema of scoring files."),
            "diff": Leaf(
                "console.cli.scoring:diff", "Show what scoring file B says differently from A."
            ),
            "backtest": Leaf(
                "console.cli.scoring_backtest:backtest",
                "Compare scores with what companies became.",
            ),
            "measure": Leaf(
                "console.cli.scoring_backtest:measure", "Measure what the scores in force led to."
            ),
            "suggest": Leaf(
                "console.cli.scoring_suggest:suggest",
                "Suggest the points that outcomes would give.",
            ),
        },
    ),
    **LEADS,
    **REPORTS,
    **ENRICH,
    **EVIDENCE,
    **PROGRAMS,
    **OPS,
    "db": Group(
        "Upgrade or check the database, add a role.",
        {
            "upgrade": Leaf(
                "console.cli.db:upgrade", "Run the migrations that the database lacks."
            ),
            "check": Leaf("console.cli.db:check", "Compare the database with what Sluice needs."),
            "role": Leaf(
                "console.cli.db:role", "Add a PostgreSQL role that cannot mix up clients."
            ),
        },
    ),
}
