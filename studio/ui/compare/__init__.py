"""The room where makers are compared: what is asked of whom, the takes side by side, the vote."""
