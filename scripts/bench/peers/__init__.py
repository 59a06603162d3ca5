"""What a user would take instead: each module is one of them, run as a process of its own."""
