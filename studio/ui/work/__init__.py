"""Jobs on a page: how far they are, what they brought, and what a person decides."""
