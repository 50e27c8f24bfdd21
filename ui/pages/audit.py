"""Where reports contradict themselves."""
