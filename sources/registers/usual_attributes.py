"""What the registers of companies of a country all state."""

USUAL = frozenset(
    {
        "legal_name",
        "legal_form",
        "status",
        "founded",
        "country",
        "city",
        "postcode",
        "street",
        "register_number",
        "industry",
    }
)
