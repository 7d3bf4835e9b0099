"""The words and the store: values every room shares, and the only place that knows SQL."""
