"""The built site under the headers it ships, on nginx, which stands for other hosts too."""
