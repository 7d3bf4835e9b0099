"""Where verdicts roll up, and what a profile should know that wants them to roll up elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from leads.company_kind import CompanyIs

_WANTED = {CompanyIs.SITE: "site", CompanyIs.BRAND: "brand", CompanyIs.GROUP: "group"}


@dataclass(frozen=True, slots=True)
class Warned:
    """What is done otherwise than the profile says, and the way out."""

    message: str
    hint: str


def of_store(company_is: CompanyIs) -> Warned | None:
    """For companies found behind the rows of lists: each of them is a legal entity."""
    if company_is is CompanyIs.LEGAL_ENTITY:
        return None
    kind = _WANTED[company_is]
    if company_is is CompanyIs.SITE:
        said = "sites of one company share one verdict, and where they differ the answer is unknown"
    else:
        said = f"two legal entities of one {kind} get a verdict each, and their people, turnover and sites are not added up"
    return Warned(f"company_is is {kind}, yet verdicts are made for legal entities: {said}", _hint(company_is, kind))


def of_table(company_is: CompanyIs) -> Warned | None:
    """For a table qualified row by row."""
    if company_is is CompanyIs.LEGAL_ENTITY:
        return None
    kind = _WANTED[company_is]
    return Warned(
        f"company_is is {kind}: each row is taken for one {kind}, and rows are not joined",
        f"`sluice cluster FILE -o OUT --company-is {kind}` shows which rows are one {kind}",
    )


def _hint(company_is: CompanyIs, kind: str) -> str:
    if company_is is CompanyIs.SITE:
        return "`sluice qualify LIST --icp FILE` decides about each row by itself; or write company_is: legal_entity"
    return (
        f"give one row for each {kind} (`sluice cluster LIST -o OUT --company-is {kind}` shows which rows are one), "
        "or write company_is: legal_entity"
    )
