"""One small module per dialect an NLE reads, and the reports."""
