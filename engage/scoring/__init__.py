"""A scoring file, read, checked and compared with another one."""
