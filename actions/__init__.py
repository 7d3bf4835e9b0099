"""What people do: one function per action, called by the command line and by pages alike."""
