"""What is made of cases in words: documents to read and print, letters, rows of a list."""
