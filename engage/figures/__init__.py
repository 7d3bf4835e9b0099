"""The figures of a campaign: how far its companies came, what that took, and what it cost."""
