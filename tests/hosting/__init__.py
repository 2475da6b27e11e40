"""The built site with the headers it ships, on nginx, which also stands in for other hosts."""
