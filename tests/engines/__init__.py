"""The site in three engines: Chromium, Firefox and WebKitGTK, each through its own protocol."""
