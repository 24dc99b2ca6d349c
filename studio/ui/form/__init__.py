"""What is typed and chosen before something is asked for, kept until it is no longer wanted."""
