"""The site in three engines: Chromium, Firefox and WebKitGTK, each driven as its makers mean it."""
