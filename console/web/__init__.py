"""The pages that people work in, over HTTP."""
