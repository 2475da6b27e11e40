"""The built site with its headers, on nginx, which also simulates other hosts."""
