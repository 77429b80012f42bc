"""Writing a program as a workbook: sheets, drop-downs and notes from the field table alone.

`writing` is the door; the other modules load openpyxl, so it is imported only where a workbook is made.
"""
