"""Importers: exports that programs and agencies already have, each made into rows of the program's own sheets.

Each reader returns an `Import` and what is wrong or doubtful; none raises for bad data, and none copies a column that
looks as if it told who somebody is.
"""
