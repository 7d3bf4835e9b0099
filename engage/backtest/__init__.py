"""Compare scores and answers with what companies became."""
