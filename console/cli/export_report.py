"""What an export wrote, and what it left out."""

from __future__ import annotations

from dataclasses import asdict

from actions.exports import ExportReport, ExportRequest
from console.cli.accuracy_lines import accuracy_json
from console.cli.output import counted, emit_json, note, plain


def show_report(report: ExportReport, request: ExportRequest, *, as_json: bool) -> None:
    """Print what was written and left out: for people on stderr, else as JSON."""
    if as_json:
        emit_json(
            {
                "profile": report.profile,
                "files": report.files,
                "rows": report.rows,
                "left_out": report.left_out,
                "withheld": report.withheld,
                "attribution_file": report.attribution_file,
                "attributions": [asdict(one) for one in report.attributions],
                "below_promise": [accuracy_json(one) for one in report.below_promise],
                "dry_run": request.dry_run,
            }
        )
        return
    would = "would be " if request.dry_run else ""
    to = f" to {', '.join(map(plain, report.files))}" if report.files else ""
    note(f"{counted(report.rows, 'company', 'companies')} {would}exported{to}")
    _remark(report, request)
    _attribute(report)
    for reason, count in report.left_out.items():
        named = [plain(name, 40) for name, why in report.examples if why == reason]
        more = ", …" if count > len(named) else ""
        note(f"left out: {count:,} ({plain(reason)}): {', '.join(named)}{more}")
    for reason, count in report.withheld.items():
        note(f"left out of rows: {count:,} ({plain(reason)})")


def _attribute(report: ExportReport) -> None:
    """Say which sources must be named, or which file says it."""
    if report.attribution_file is not None:
        note(f"pass {plain(report.attribution_file)} on with it: it names sources and licences")
        return
    for one in report.attributions:
        words = f": {one.words}" if one.words else ""
        note(f"source: {plain(one.title)} ({plain(one.licence)}){plain(words)}")


def _remark(report: ExportReport, request: ExportRequest) -> None:
    """Say what a file is that its name does not tell, and why it is empty."""
    if any(one.lower().endswith((".txt", ".tsv")) for one in report.files):
        note("the file is CSV: .csv, .xlsx, .jsonl and .parquet name the formats")
    if not report.rows and not report.left_out and request.stages:
        stages = plain(", ".join(request.stages))
        note(f"no company is at the stage {stages}: `sluice campaign show` counts the stages")
