"""The sentences for problems, doubts and fallbacks, so that terminal, web and paper say the same.

Each code has two templates: what is wrong (or meant), and what to type or do instead. `say` fills them.
"""

from __future__ import annotations

from dataclasses import dataclass

from longview.program.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Message:
    """The sentences of one code; `{…}` are filled by `say`."""

    severity: Severity
    expected: str
    instead: str


def _must(expected: str, instead: str) -> Message:
    return Message("problem", expected, instead)


def _look(expected: str, instead: str) -> Message:
    return Message("doubt", expected, instead)


MESSAGES: dict[str, Message] = {
    # the folder and its files
    "no-folder": _must("there is nothing of that name", "check the name, or make one:  longview new {path}"),
    "not-a-folder": _must(
        "this is neither a workbook nor a folder", "give the name of the workbook (.xlsx) or of the folder"
    ),
    "empty-folder": _must(
        "the folder holds no program.toml and no sheet", "check the name, or make one:  longview new"
    ),
    "unreadable": _must("this can't be read: {why}", "close it elsewhere, or ask whoever owns it to let you read it"),
    "no-file": _must("{file} is missing; a row of it is {row_words}", "make it with these columns: {columns}"),
    "file-is-folder": _must("this is a folder, not a file", "move it away, and save a text file under this name"),
    "binary": _must("this is not a text file", "in Excel: save as, CSV UTF-8 (comma delimited)"),
    "too-big": _must("the file is larger than {limit} MB", "keep only the columns and months that are asked for"),
    "half-written": _must(
        "the file stops inside quotation marks, or has a stray one", "save it again from where it came from"
    ),
    "cell-too-long": _must(
        "a cell holds more than {limit} characters", "shorten it; a quotation mark may be missing before it"
    ),
    "empty-file": _must("the file is empty", "write a first row with these columns: {columns}"),
    "not-toml": _must(
        "the file can't be read as TOML: {why}",
        'mend the line named; text stands in quotation marks: name = "Harbor Street"',
    ),
    "format": _must("the file must say which format it is written in", "write  format = 1  as its first line"),
    "newer-format": _must("this was written by a newer Longview", "bring Longview up to date, then try again"),
    "other-encoding": _look(
        "the file is not UTF-8; it was read as Windows text", "check names with accents, and save it as CSV UTF-8"
    ),
    "not-read": _look("the file is not read", "{hint}"),
    "header-only": _look("the file has a header and no rows", "add a row for {row_words}, or delete the file"),
    "no-rows": _must("the file has a header and no rows", "add a row for {row_words}"),
    # workbooks
    "not-a-workbook": _must("this is no workbook that can be read: {why}", "in Excel: save as, Excel workbook (.xlsx)"),
    "too-big-inside": _must(
        "the workbook is too large: {why}", "delete empty rows and columns at its end, and save it"
    ),
    "sheet-unreadable": _must("this sheet can't be read: {why}", "save the workbook again in Excel or LibreOffice"),
    "nothing-in-it": _must("the file is empty", "export it again"),
    "formula-empty": _must(
        "a formula that was never worked out", "open the file in Excel or LibreOffice and save it, or type the value"
    ),
    "formula-error": _must("a formula that could not be worked out", "mend the formula, or type the value"),
    "hidden-rows": _look(
        "hidden in Excel, and read all the same: rows {rows}", "delete them, if they should not count"
    ),
    "merged-cells": _look(
        "the cells {area} are merged; what they say stands in the first only", "unmerge them, and fill each cell"
    ),
    "no-sheet": _must(
        "the workbook has no such sheet; a row of it is {row_words}", "add it, with these columns: {columns}"
    ),
    "no-sheets": _must("the workbook has no sheet that is known here", "check the name, or make one:  longview new"),
    "sheet-twice": _look("not read: another sheet is the same, {other}", "keep one of the two"),
    "fact-twice": _must("row {other} says the same fact", "keep one of the two rows"),
    "fact-no-name": _must("the row says something and names no fact", "write the fact's name, or clear the row"),
    "fact-extra": _must("{fact} has no {column}", "clear the cell, or write it in {where}"),
    "own-over-import": _look(
        "your own row says otherwise than {where}; yours is used", "keep it, or delete it to use the import's"
    ),
    "money-twice": _look(
        "{lines} lines stand here and in {where} too; both are counted", "delete them here, or undo the import"
    ),
    # columns
    "no-column": _must("the column {column} is missing", "add it: {what}"),
    "unknown-column": _must("no such column", "{hint}"),
    "column-twice": _must("the column stands here twice", "keep one of them"),
    "column-no-name": _must("the column has cells and no name", "name it, or clear it"),
    "too-many-cells": _must(
        "the row has more cells than the header", "put text that holds a {delimiter} in quotation marks"
    ),
    # cells
    "blank": _must("this can't be left blank: {what}", "write it, for example {example}"),
    "not-a-number": _must("not a number", "write digits, for example {example}"),
    "letter-o": _must("has the letter O or l", "write {instead}"),
    "ambiguous-number": _must("this may be {a} or {b}", "write it without a mark between thousands"),
    "not-whole": _must("not a whole number", "write a whole number, for example {example}"),
    "out-of-range": _must("must lie between {least} and {most}", "write a figure between {least} and {most}"),
    "too-small": _must("must be {least} or more", "write {least} or more"),
    "not-a-share": _must("a share lies between {least} and {most}", "write {instead}"),
    "not-a-choice": _must("not one of the words that are known here", "write {instead}"),
    "not-yes-no": _must("neither yes nor no", "write yes or no"),
    "not-a-month": _must("not a month", "write the year first: {instead}"),
    "month-guessed": _look("read as {month}", "write {month}, or the month that you mean"),
    "not-a-date": _must("not a day", "write year, month, day: {instead}"),
    "ambiguous-date": _must("this may be {either}", "write the one that you mean, the year first"),
    "not-a-time": _must("not a time of day", "write hours and minutes, for example {example}"),
    "not-months": _must("not months of the year", "write their numbers, for example {example}"),
    "not-a-count": _must("not a count", "write digits, <5 or <10 if hidden, 0 if there was none"),
    "count-is-date": _must(
        "a date, where a count belongs; Excel makes one of 1-9", "write the count; if it is hidden, <5 or <10"
    ),
    "count-range": _look("read as hidden: somewhere from {low} to {high}", "if you mean one number, write that"),
    "not-a-rate": _must("not a rate", "write digits, or one of: hidden, not reported, not available, no row"),
    "not-an-id": _must("a short name has small letters a-z, digits and hyphens only", "write {instead}"),
    "nul": _must("the cell holds bytes that are no text", "type it again"),
    "not-text": _must("text belongs here", "put it in quotation marks, for example {example}"),
    "not-a-range": _must("low, best and high belong here", "write {example}"),
    "no-doubt-given": _must(
        "one figure without its doubt", "write {instead}; where you know it exactly, write the same three times"
    ),
    "range-order": _must("low, best and high must rise", "put the smallest first: {instead}"),
    "not-shares": _must("each area needs a share between 0 and 1", "write {example}"),
    # across rows and files
    "unknown": _must("{kind} does not know {name}", "{hint}"),
    "id-twice": _must("row {other} has the same {column}", "give each row its own, or delete one"),
    "row-twice": _must("row {other} says the same month and measure", "keep one of the two rows"),
    "ends-before": _must("it ends before it starts ({start})", "write a later end, or an earlier start"),
    "past-midnight": _must(
        "it closes before it opens ({start})", "a session past midnight is two: one until 24:00, one from 0:00"
    ),
    "overfilled": _must("more are here than the post has room for ({people})", "raise people, or lower filled"),
    "low-high": _must("low, value and high must rise", "put the smallest first"),
    "two-sets": _must(
        "row {other} sets the same lever for an option that can be done beside this one",
        "let one of them add or multiply, or let the options exclude each other",
    ),
    "outside-lever": _must(
        "the lever {lever} goes from {least} to {most}, and this leads out of there{at}",
        "write another value: {words}, in {unit}",
    ),
    "level-needs": _must("a level needs least, most and step", "write {column}, for example {example}"),
    "level-only": _must("only a level has least, most and step", "clear the cell, or make the kind level"),
    "level-order": _must("least can't be above most ({most})", "write a smaller least, or a larger most"),
    "level-step": _must("the step must be more than 0", "write how far one level is from the next"),
    "requires-itself": _must(
        "these options require each other in a circle: {circle}", "take one of them out of requires"
    ),
    "requires-excluded": _must(
        "it requires {option}, and the two exclude each other", "take {option} out of requires, or out of excludes"
    ),
    "needs-fund": _must("an option of the kind {kind} needs a fund", "write the id of the fund"),
    "asked-twice": _must(
        "row {other} asks for {fund} already, and a fund comes with one ask",
        "keep one ask of it; what else you would ask of that funder is a fund with a row of its own",
    ),
    "account-twice": _must("row {other} has this account already", "keep one of the two rows"),
    "per-unit-needs": _must("a fund that pays per unit needs unit and unit_price", "write {column}"),
    "pays-clash": _must("{forbids} rules out {item}, and may_pay names it", "keep it in one of the two"),
    "unknown-evidence": _must("the evidence file has no such key", "{hint}"),
    "impossible-evidence": _must("this figure can't be so: {why}", "write low, best and high in {unit}"),
    "wonder-not": _must(
        "this is no export of CDC WONDER: {why}", "save the result page with its Export button, notes included"
    ),
    "wonder-row": _must("this row can't be read", "export the file again; don't edit it by hand"),
    "wonder-clash": _must("another file says {other} for {area}, {month}", "keep the newer export of the two"),
    "wonder-total": _must("the rows of {month} can't add up to their total: {sums}", "export the file again"),
    "wonder-cases": _must("the files count different causes ({other})", "read them one by one, or export them alike"),
    "wonder-column": _look("the column is not read", "if it parts the rows further, export again without it"),
    "wonder-area": _must("no row of these files is about it", "{hint}"),
    "wonder-unseen": _look(
        "in {months} months ({first} first) all rows and hidden rows fall short of the total",
        "a place is hidden in every month; ask for it by name, with hidden rows shown",
    ),
    "wonder-zero-notes": _look("the notes don't say whether rows of zero are hidden", "missing rows were read as <10"),
    "dose-not": _must("this is no table of DOSE-SyS: {why}", "save the sheet of jurisdictions as CSV UTF-8"),
    "dose-key": _must("the row is not read: {what}", "write {instead}"),
    "dose-after": _must("the row is not read: it is about a month after {as_of}", "check the year, or the day given"),
    "dose-mark": _must("neither a rate nor a mark that is known", "write digits, or one of: * § ¶"),
    "dose-twice": _must("row {other} is about the same months too, and {alike}", "keep one of the two rows"),
    "dose-area": _must("no row of this file is about it", "{hint}"),
    "dose-column": _look("the column is not read", "{hint}"),
    "dose-months": _look(
        "{series}: no row for {months}; kept as not known", "if you cut the file, leave it; else download it again"
    ),
    "dose-part": _look("more than its whole, {whole} ({said})", "columns may have changed places; download it again"),
    "dose-apart": _look(
        "twelve months' rate outside the rates of those months ({low} to {high})",
        "rows of months and of years may be mixed up; download it again",
    ),
    # days and months of every habit
    "dates-ambiguous": _must(
        "this may be {meanings}, and no row settles it", 'type {typed} (in mappings.toml: dates = "{one}")'
    ),
    "dates-mixed": _must(
        "row {other} says {said}: one of the two has the day first, the other the month",
        "write the year first in both, for example 2024-03-05",
    ),
    "dates-order": _must("not an order of days and months", "write one of: mdy, dmy, ymd, my, ym"),
    "dates-none": _must("no cell of this column is a day or a month", "write the year first, for example 2024-03"),
    "dates-not": _must("not a day or a month", "write the year first, for example 2024-03-05"),
    "dates-window": _must(
        "this is {what}, not a month", "give each month by itself; a sum over several can't be taken apart"
    ),
    "dates-no-year": _must("the year is missing", "write it first, with four digits, for example 2024-03"),
    "dates-no-day": _must("a month, and the day is needed", "write year, month, day, for example {example}"),
    "dates-other-order": _must("not a day in the order {order}", "write the year first, for example 2024-03-05"),
    "dates-short-years": _look(
        "a year of two digits; read as {read}", "if it is right, leave it; else write four digits"
    ),
    "dates-serials": _look("a number; read as a day as Excel keeps it, {day}", "if it is no day, say which column is"),
    "dates-half-turned": _look(
        "read as it stands, but row {other} says {said}: Excel may have turned day and month round",
        "compare a few rows with the original, before it went through Excel",
    ),
    "vsrr-not": _must("this is no table of VSRR: {why}", "download it again from data.cdc.gov, as CSV"),
    "vsrr-key": _must("the row is not read: its area, year or month is none", "download the table again"),
    "vsrr-value": _must("not a count", "download the table again; don't edit it by hand"),
    "vsrr-twice": _must("row {other} says otherwise of the same twelve months", "keep one of the two rows"),
    "vsrr-area": _must("no row of this file is about it", "{hint}"),
    # logs of events, one row a call, a visit, an incident
    "events-ask": _must("the file does not say {what}", "say it with {how}"),
    "events-no-rows": _must("the log has a header and no rows", "export it again"),
    "events-no-header": _must("the first row must name the columns", "write names above the columns, then try again"),
    "events-no-day": _must("no column of this log holds days", "say which one does:  --column NAME"),
    "events-which-day": _must("more than one column holds days: {columns}", "say which to count by:  --column {one}"),
    "events-no-column": _must("the log has no such column", "{hint}"),
    "events-by-many": _must("more than {most} different values to count by", "choose a column of sites or areas"),
    "events-by-personal": _must(
        "this column looks as if it told who somebody is, and is never copied", "choose another column"
    ),
    "events-not-yes-no": _must(
        "neither yes nor no in {share} of its rows ({words})", "choose a column of yes and no, or leave it out"
    ),
    "events-undated-many": _must(
        "{rows} of {all} rows have no day that can be read", "mend them, or say which column is the day:  --column NAME"
    ),
    "events-undated": _look(
        "no day that can be read, so counted in no month: {rows}", "write the day, or leave it if it should not count"
    ),
    "events-after": _look(
        "after the day on which the log was exported ({as_of}), so not counted: {rows}", "check the year"
    ),
    "events-far": _look("years away from all other rows, so not counted: {rows}", "check the year"),
    "events-no-place": _look(
        "nothing says where, so not counted: {rows}", "write the place, or leave it if it should not count"
    ),
    "events-no-place-many": _must(
        "{rows} of {all} rows don't say where", "choose another column to count by, or leave it out"
    ),
    "events-wide": _look(
        "{rows} with more cells than columns; counted by what stands here",
        "a comma in a text may have moved its cells; look whether this is the day",
    ),
    "events-twice": _look(
        "{rows} say exactly what another row says (first like row {other}); all are counted",
        "if they were written twice, delete them and import again",
    ),
    "events-cut": _look(
        "the log ends on {day}, before the month does; its {count} may not be all",
        "export it again once the month is over",
    ),
    "events-begins-late": _look(
        "the log begins on {day}, after the month does; its {count} may not be all", "if it began then, leave it"
    ),
    "events-none": _look(
        "no row at all for {months}; read as 0", "if the log was not kept then, write  not counted  for these months"
    ),
    "events-flag-words": _look(
        "neither yes nor no in {rows}; read as not known", "write yes or no, or leave it: the count is an interval"
    ),
    "events-coding": _look(
        "what is written here changes: {periods}",
        "don't compare its share across these months; ask whoever keeps the log",
    ),
    # tables read through a mapping
    "table-no-header": _must(
        "no row of names stands above rows of figures", "write one row of column names, with the figures right below it"
    ),
    "table-no-month": _must(
        "no column says which month a figure is of", "name a column month, or write months in the first row"
    ),
    "table-no-values": _must(
        "no column of figures is known", 'name it, or say in mappings.toml what it is: "Hats" = "own: hats"'
    ),
    "table-needs": _must(
        "each row needs {what}, and nothing says it",
        'in mappings.toml, under [{table}.given], write  {what} = "{example}"',
    ),
    "table-column-missing": _must(
        "the column that the mapping reads as {role} is not there",
        "give it this name again, or delete [{table}] in mappings.toml",
    ),
    "table-column-new": _look(
        "a column that the mapping does not know; not read",
        'to read it, write in mappings.toml what it is: "{label}" = "…"',
    ),
    "table-personal": _must(
        "this looks as if it told who somebody is, and is never read", 'write "not read" for it in mappings.toml'
    ),
    "table-blank-key": _must("the {what} is blank, and the row has figures", "write it in each row"),
    "table-twice": _must(
        "row {other} is of the same month and measure",
        'keep one of them; if several rows make up a month, write in mappings.toml, under [{table}],  rows = "sum"',
    ),
    "table-people-summed": _look(
        "{measure} is not read: one person may be counted on several days",
        "give the number of different people of each month",
    ),
    "table-date-for-count": _must(
        "a day, where a count belongs: a spreadsheet may have made it of 1-9", "write the count; hidden ones as <10"
    ),
    "table-total": _look("the rows make {sum}, and this total says another figure", "check both; the rows were read"),
    "table-total-unread": _look("a total that is no figure; it was not compared", "check it; the rows were read"),
    "table-site": _must(
        "no site is called so; {rows} rows are not read",
        'in mappings.toml, under [sites], give it a site or "whole program" ({hint})',
    ),
    "table-as-of": _must("not a day; {rows} rows are not read", "write year, month, day, for example 2025-04-21"),
    "table-measure": _look(
        "no measure is known by this name; {rows} rows are not read",
        'to read them, write in mappings.toml, under [{table}.names], a measure\'s name, or "own: …"',
    ),
    "table-near": _look(
        "close to {known}, and read as that", 'if it is something else, write "not read" or "own: …" for it'
    ),
    "table-own": _look(
        "no measure is known by this name; not read", 'to keep it as one of your own, write  "own: {own}"'
    ),
    "table-rows": _look(
        "several rows of one month: they are summed", 'if they must not be, clear rows = "sum" in mappings.toml'
    ),
    "table-site-near": _look(
        "close to the site {known}, and read as that", "if it is another, write its name as in sites"
    ),
    "table-fund": _look(
        "no fund is called {name}: {lines} to unassigned",
        'in mappings.toml, under [funds], write  "{name}" = "…"  ({hint})',
    ),
    "table-untagged": _look("no fund is named: {lines} to unassigned", "tag them in your books, and import again"),
    "table-kind": _must(
        "whether {account} is income or expense is not known; {lines} not read",
        'in mappings.toml, under [{table}.kinds], write  "{account}" = "expense"  or "income"',
    ),
    "table-sign": _look(
        "both signs are there: read as income, and with a minus as expense",
        'if not so, write kind = "expense" under given in mappings.toml',
    ),
    "table-sheets": _look(
        "this sheet is not read; another looks more like {to}", "to read it instead, say so:  --sheet"
    ),
    "table-no-sheet": _must("no sheet is called so", "write one of: {names}"),
    "mapping-line": _must("{why}", "mend the line, or delete the whole table and confirm it anew"),
    # doubts about the program
    "months-order": _look("months of {series} are out of order", "put them in order; they were read by month"),
    "hidden-limit": _look("hidden, and nothing says below which number", "write <5 or <10 if you know it"),
    "zeros-shown": _look(
        "{series}: zeros are written out here, so this is read as {read}", "if it may be 0 too, write {loose}"
    ),
    "read-blank": _look(
        "read as not counted", "if nobody came, write 0; if hidden for privacy, <5 or <10; if not counted, leave it"
    ),
    "months-missing": _look(
        "{series}: no row for {months}", "add the month; if it was not counted, leave its value blank"
    ),
    "month-jump": _look("{times} times the months beside it ({beside})", "check for a slip; if it is right, leave it"),
    "month-drop": _look(
        "a tenth or less of the months beside it ({beside})", "check for a slip; if it is right, leave it"
    ),
    "after-plan": _look("the month lies in the time to be planned (from {start})", "check the year, or set plan_from"),
    "before-first": _look("the month lies before first_month ({first})", "check the year, or set first_month"),
    "more-reversals": _look(
        "more reversals than kits handed out that year ({kits})", "check both; kits may come from elsewhere"
    ),
    "more-participants": _look(
        "more participants than people in the catchment ({people})",
        "check both; people stands among the program's facts",
    ),
    "months-over-year": _look(
        "fewer participants in 12 months than in one of them ({month})", "count each person once in 12 months"
    ),
    "near-measure": _look("a measure of your own, close to {known}", "write {known} if you mean it; else leave it"),
    "two-sources": _look("two sources for one series ({series}): {sources}", "keep one; the first is used"),
    "no-share": _look(
        "not used: area_shares does not say how much of {area} is your catchment",
        "{then}",
    ),
    "share-unused": _look("no row of community is about this area", "check its spelling"),
    "fund-ends-first": _look("{fund} ends {last}, and this runs on", "say who pays from then, or when it ends"),
    "fund-over": _look("its term ended before the plan starts ({start})", "write the term that runs now, or delete it"),
    "not-eligible": _look("{fund} may not pay {item}", "change paid_by, or what the fund may pay"),
    "nobody-pays": _look("no fund may pay {item}", "it will come out of free cash; check may_pay and never_pays"),
    "one-away": _look(
        "nobody can open it with one person away: {people} here, {needed} needed",
        "check people_needed; if it is so, leave it",
    ),
    "cannot-open": _look(
        "nobody can open it: {people} here, {needed} needed", "check people_needed, and filled in staff"
    ),
    "landlords-roof": _look(
        "the roof is not yours to mend, and {column} is written as if it were",
        "clear it, or set landlord_repairs to no",
    ),
    "hosted-roof": _look("you are hosted there, and its building is written as yours to mend", "clear it, or leave it"),
    "no-condition": _look(
        "the building is yours to keep, and its condition is not written",
        "walk round it and write 0 to 1; else its roof is left out of the plan",
    ),
    "no-value": _look(
        "its condition is written, and replacement_value is not", "write what building it anew would cost"
    ),
    "priced-twice": _look(
        "the model works out what {lever} costs; here it is priced too",
        "delete the price, unless it is for something else",
    ),
    "no-effect": _look("no row of effects says what it does", "add one, or the plan can't see what it is good for"),
    "no-price": _look("no row of prices says what it costs", "add one, or write 0 if it is free"),
    "does-nothing": _look(
        "nothing says what it costs, nor what it does",
        "add a row of effects and one of prices; else no plan has a reason to hold it",
    ),
    "not-on-the-step": _look("steps of {step} from {least} do not end at {most}", "the last level is {last}"),
    "lawful-unclear": _look("of unclear lawfulness", "ask your lawyer; it is never recommended in silence"),
    "wage-floor": _look("no living wage is given, and living_wage_by promises it", "write living_wage"),
    "unpaid": _look("paid as {paid_as} at 0 an hour", "write the rate, or paid_as volunteer"),
    "volunteer-paid": _look("a volunteer with a rate of {rate}", "write 0, or paid_as stipend"),
    "lost-award": _look("more received than the award ({amount})", "check both"),
    "not-of-kind": _look(
        "{column} is for an option of the kind {kinds}, and this one's kind is {kind}: it is not read",
        "clear the cell, or write another kind",
    ),
    "decided-late": _look(
        "the funder decides after the fund begins ({first})", "check both; the money is planned from {first} on"
    ),
    "budget-twice": _look("row {other} holds a line for {line} already", "write one row with the sum of the two"),
    "budget-overlap": _look(
        "{line} belongs to {category}, which has a line of its own in row {other}",
        "leave it if {category} is the rest; {line} is held to its own line",
    ),
    "budget-over-award": _look(
        "the lines of its budget add up to {sum}, more than its amount ({amount})", "check the budget, and the amount"
    ),
    "transfer-no-budget": _look(
        "nothing says what its budget holds, so its limit of transfer says nothing", "write its lines in fund_lines"
    ),
    "match-no-money": _look(
        "it must be matched, and no other money or gift in sight may stand beside it",
        "add the fund that would, or write counts_as_match beside a gift; else nothing can be charged to it",
    ),
    "promise-not-planned": _look(
        "a promise that is kept in the records and not planned for",
        "if one of these is meant, write it: {measures}",
    ),
    "unit-not-counted": _look(
        "paid per unit, and services count no such measure", "write the name of a measure in services"
    ),
    "preset-confirm": _look(
        "read with the preset {words}: may not buy {items} (as of {date})", "confirm it with the funder"
    ),
    "preset-offer": _look(
        "{origin} money, and nothing says that it may not buy {items}",
        "confirm with the funder; then write {preset} in preset",
    ),
    "no-services": _look(
        "no service has been counted",
        "bring it in:  longview import  (or write {sheet}); until then all levels come from evidence",
    ),
    "no-community": _look(
        "no deaths of any area are given",
        "bring them in:  longview import  (or write {sheet}); else the plan can't tell how many deaths there are",
    ),
    "no-naloxone": _look("no supply of naloxone", "add a row with the item naloxone, if you hand out kits"),
    "role-unknown": _look("staff has no such role", "write it as in staff, or leave it if the post is gone"),
    # bringing a file in
    "import-areas": _must(
        "{count} areas are in it, and nothing says which are yours",
        "say which:  --areas Maine  (several: --areas 'Maine; Vermont'; every one of them: --areas all)",
    ),
    "import-ask": _must("the file does not say {what}", "say it with {how}"),
    "import-several": _must(
        "only exports of CDC WONDER can be brought in together", "bring this one in by a command of its own"
    ),
    # what Longview keeps beside a program's files: imports and accepted repairs
    "import-no-manifest": _must(
        "import.toml is missing here, so nothing says what these rows are",
        "put it back, or move this folder out of imports",
    ),
    "import-manifest": _must("{name} must be {what}", "write it as it was, or move the folder {folder} out of imports"),
    "import-not-ours": _look(
        "Longview did not make this, and does not read it", "move it elsewhere, or bring it in:  longview import FILE"
    ),
    "mend-stale": _look(
        "a repair that you accepted was for {was}, and is not made any more",
        "if the cell is right, take its lines out of mends.toml; else write {now} in the cell",
    ),
    "mend-lost": _look(
        "a repair that you accepted finds no such cell any more (it was for {was})",
        "take its lines out of mends.toml; look whether {now} is wanted elsewhere",
    ),
    "mend-odd": _must(
        "this is not a repair that can be made: {what}",
        "take its lines out, or write file, row, column, was and now",
    ),
    # exports of a ledger
    "ledger-not": _must(
        "this is no ledger export that is known here: {why}",
        "export Profit and Loss by Class, Profit and Loss Detail or Transaction Detail by Account as CSV or Excel",
    ),
    "ledger-no-period": _must(
        "nothing says which days this export is about",
        "export it again with its title rows, or put the month in the file's name: classes 2024-03.csv",
    ),
    "ledger-comparison": _must(
        "this column compares with another period or a budget", "export again without comparisons or budgets"
    ),
    "ledger-list": _must(
        "a list of transactions names only one side of each, and has no totals to tie to",
        "export Profit and Loss Detail or Transaction Detail by Account",
    ),
    "ledger-no-name": _must("the row has amounts and no account", "export again, and change nothing in the file"),
    "ledger-outside": _must(
        "the row stands outside income and expenses, and is no total that adds up",
        "export again with all rows shown (expanded), and change nothing in the file",
    ),
    "ledger-cut": _must("there is no total for {section}: the export seems cut off", "export it again, whole"),
    "ledger-cut-end": _must(
        "there is no last line with the result (Net Income): the export seems cut off", "export it again, whole"
    ),
    "ledger-tie": _must(
        "the export says {said} and its lines add up to {sums}: {difference} apart",
        "nothing was imported; export again with all rows and columns, and change nothing in the file",
    ),
    "ledger-tie-across": _must(
        "the export says {said} and the row's columns add up to {sums}: {difference} apart",
        "nothing was imported; export again with all rows and columns, and change nothing in the file",
    ),
    "ledger-no-lines": _must(
        "the export holds no line with an amount", "choose a period in which something was booked"
    ),
    "ledger-twice": _must("both {first} and {second} in one file", "export one report a file"),
    "ledger-no-date": _must("the line has an amount and no date", "export again with the column Date"),
    "ledger-no-account": _must("the line has an amount and no account", "export again, grouped by account"),
    "ledger-both-sides": _must("the line has both a debit and a credit", "export again with the column Amount"),
    "ledger-no-kinds": _must(
        "nothing says which accounts are income and which are expenses",
        "export Profit and Loss Detail instead, or add the column Distribution account type",
    ),
    "ledger-kind-unknown": _look(
        "nothing says whether this account is income or an expense; left out: {lines}, {amount} in all",
        "export Profit and Loss Detail instead, or add the column Distribution account type",
    ),
    "ledger-kind-guessed": _look(
        "read as {kind} by the number alone: {accounts}, {lines}, {amount} in all",
        "if that is wrong, export Profit and Loss Detail instead",
    ),
    "ledger-income-negative": _look(
        "income adds up to {amount}, less than nothing",
        "if the export writes income with a minus, export Profit and Loss Detail instead",
    ),
    "ledger-other-day": _look(
        "dated outside the days of the export, {first} to {last}, and kept: {lines}",
        "check their dates",
    ),
    "ledger-part": _must(
        "it tells a part of what {cut} told in one sum, and the two can't both stand",
        "take that import back (longview undo), or bring in an export of all its days",
    ),
    "ledger-long-period": _look(
        "the export is about {first} to {last}; each line is dated {last} and covers all of it",
        "export each month by itself, or one column a month, or Profit and Loss Detail",
    ),
    "ledger-no-classes": _look(
        "the export has no classes; all goes to unassigned: {lines}",
        "export Profit and Loss by Class, or add the column Class, if your books use classes for funds",
    ),
    "ledger-untagged": _look(
        "without a class, and to unassigned: {lines} ({sums})",
        "give them a class in your books and export again, or leave them",
    ),
    "ledger-class-unknown": _look(
        "no fund has this id or name; to unassigned: {lines} ({sums})",
        "in mappings.toml, under [funds], write  {typed}  and import again",
    ),
    "ledger-fund-unknown": _look(
        "mappings.toml says that class {name} is fund {fund}, and there is none; to unassigned: {lines}",
        "{hint}",
    ),
    # doubts about sums, areas and the ledger
    "sites-not-total": _look(
        "{measure}: the sites can't add up to the whole program in {months} (first: {sites} and {whole})",
        "check both; the row for the whole program is used",
    ),
    "more-people-than-visits": _look(
        "more different people than visits ({visits}) in {months}", "check both; whoever comes makes one visit or more"
    ),
    "year-over-months": _look(
        "more people in 12 months than in these months together ({people})",
        "check both; whoever came in the year came in one of its months",
    ),
    "more-starts-than-referrals": _look(
        "more treatments begun after a referral than referrals ({referrals})", "check both, from the first month on"
    ),
    "too-many-days": _look("more days than there are in the month ({most})", "check for a slip"),
    "near-area": _look("an area close to {known}", "write {known} if you mean it; else leave it"),
    "areas-nested": _look(
        "{inner} lies in {outer}, and the deaths of both are added", "keep the smaller area, and take the other out"
    ),
    "too-many-deaths": _look(
        "these shares leave {deaths} deaths a year among {people} people or fewer",
        "check the shares, and people: the share is of the area's deaths, not of its people",
    ),
    "more-open-than-staffed": _look(
        "the doors need {needed} hours of work a week, and those who are here work {worked}",
        "check from, to and people_needed, and filled and hours_a_week in staff",
    ),
    "rate-jump": _look(
        "ten times what others are paid, or more ({usual} an hour)",
        "check it: pay an hour is meant, not a month or a year",
    ),
    "beyond-belief": _look(
        "more than {most}, the most that was seen anywhere: {words}", "write less, or say in note what makes it so"
    ),
    "no-roof-to-mend": _look(
        "no building of yours to mend is in the plan, so this does nothing",
        "write condition where the roof is yours; where it is the landlord's, delete this",
    ),
    "currency-code": _look("not a code of three letters", "write for example USD"),
    "records-old": _look(
        "the records end in {last}, {months} months before", "add the months since, or plan from an earlier month"
    ),
    "prices-old": _look(
        "far from the year in which the plan starts ({start})", "write the year whose prices these are"
    ),
    "supply-apart": _look("services count about {counted} a month ({measure})", "check both; a kit is two doses"),
    "long-term": _look("a term of {years} years", "check the years of from and until"),
    "pays-after-end": _look(
        "pays less often than its term lasts ({months} months)", "write the months between payments"
    ),
    "claims-in-hand": _look(
        "money in hand of a fund that pays afterwards ({pays})", "write 0, or put the money into free_cash"
    ),
    "balance-over-received": _look(
        "more in hand than was received this term ({received}), and nothing carries over",
        "check both, and carries_over",
    ),
    "ledger-over-award": _look(
        "the ledger says that {sum} {words} in this term, more than the award", "check the amount, from and until"
    ),
    "ledger-not-received": _look(
        "the ledger has {came} come in and {spent} spent since {first}", "check received, and the fund of those lines"
    ),
    "much-unassigned": _look(
        "{share} of what was spent ({sum}) has no fund", "say which fund paid; else no fund is charged for it"
    ),
    # fallbacks
    "fallback": Message("fallback", "{value}, from the evidence file", ""),
    "fallback-rule": Message("fallback", "{value}", ""),
    # figures that `new` filled in
    "filled": Message("fallback", "filled in by longview new: {source}", "write your own, if you know it"),
    "filled-unread": _look(
        "it can't be read: {why}; so nobody can say which figures longview new filled in",
        "get it back from a copy, or delete it if all figures are your own",
    ),
}


def say(
    code: str,
    *,
    file: str,
    row: int | None = None,
    column: str | None = None,
    letter: str = "",
    found: str = "",
    key: str = "",
    mend: str | None = None,
    **parts: object,
) -> Problem:
    """The problem of that code at that place, its sentences filled with `parts`.

    Raises:
        KeyError: no such code, or a part of its sentences is missing.
    """
    message = MESSAGES[code]
    # What a file says may hold what a terminal would obey; nothing of it is shown as it stands.
    column = None if column is None else shortened(column)
    told = {name: _printable(part) if isinstance(part, str) else part for name, part in parts.items()}
    parts = {"file": file, "column": column or "", "found": shortened(found), **told}
    return Problem(
        file=file,
        row=row,
        column=column,
        found=shortened(found),
        expected=message.expected.format(**parts),
        instead=message.instead.format(**parts) if mend is None else f"write {_printable(mend)}",
        severity=message.severity,
        code=code,
        letter=letter,
        key=key,
        mend=mend,
    )


def shortened(text: str, limit: int = 60) -> str:
    """A cell's text on one line, cut where it is long, so that a huge cell can't drown the list."""
    line = " ".join(_printable(text[: 4 * limit]).split())
    return line if len(line) <= limit and len(text) <= 4 * limit else line[: limit - 1] + "…"


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
