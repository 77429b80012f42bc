"""The same words in a terminal: tables, spark lines and interval rows in 80 columns, colour only where asked for."""
