"""An ideal customer profile meets the facts: answers, verdict, stage and score."""
