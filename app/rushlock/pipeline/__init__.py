"""The stages strung together: plan and run."""
