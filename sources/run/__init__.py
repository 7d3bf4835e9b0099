"""The edge of the stage: what is known, asked, bought and stored."""
