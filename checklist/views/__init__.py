"""Views of clients: documents to read and print, letters, CSV, rows of the client list."""
