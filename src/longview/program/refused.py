"""Why an option is not on offer, or in no plan: the sentences, so that terminal, web and paper say the same."""

from __future__ import annotations

from collections.abc import Mapping

REFUSED: Mapping[str, str] = {
    "unlawful": "it is not lawful here",
    "unclear-lawful": "whether it is lawful here is not clear; ask before you plan on it",
    "no-levels": "its least, most and step give no level to try",
    "late": "it could not start within the plan, or its money would come after it",
    "needs-what-is-refused": "it needs another option that is not on offer",
    "requires-itself": "it requires itself; clear its name from its own requires",
    "excludes-its-need": "what it requires can’t stand together; see requires and excludes",
    "too-many-together": "too many options change the same thing; weigh fewer of them at a time",
    "asks-no-fund": "it does not say which fund it asks for; name one in its fund",
    "asked-twice": "another option asks for the same fund; keep one of the two",
    "declines-no-fund": "it does not say which fund it turns down; name one in its fund",
    "declined-twice": "another option turns down the same fund; keep one of the two",
    "not-ours-to-decline": "the fund that it turns down comes only if we ask for it: not asking is enough",
    "stops-nothing": "it names no running cost that would stop, and changes nothing else",
    "not-affordable": "no mix of our money reaches it",
    "not-tried": "it was in none of the plans that were tried",
}
"""Why an option is not on offer, or in no plan that can be paid for: the code and its words."""
