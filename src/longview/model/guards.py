"""Numerical guards: the only figures of the model that are neither evidence nor the program's own, a reason each."""

MONTH = 1.0 / 12.0
"""Years in a step: the month is the one step of time."""

WEEKS_A_MONTH = 52.0 / 12.0
"""Weeks in a month, by which hours a week become hours a month."""

DAYS_A_YEAR = 365.0
"""Days in a year; leap days do not matter beside the doubt."""

RUN_OFF = 24
"""Months after the horizon in which every portfolio goes back to today's levers: kits still in hands, steadier staff."""

REACH_MOST = 0.9
"""Nobody reaches everybody: a record that says so has counted people from elsewhere."""

LOAD_MOST = 5.0
"""Wanted over capacity beyond which more tells nothing: four in five are turned away already."""

NALOXONE_MOST = 0.95
"""However many kits there are, one overdose in twenty finds none at hand."""

ONWARD_MOST = 0.95
"""Some kits stay with those who fetched them."""

MULTIPLIER_LEAST = 0.02
"""Lowest share of workers burnt out; 1 less this is the highest."""

AGEING = 0.085
"""Growth of adult death rates with age, a year (Gompertz; US life tables 30-80 give 0.08 to 0.09)."""

AGE_MIDDLE = 40.0
"""Age to which death rates in the evidence file belong."""

AGE_LAST = 100.0
"""Age beyond which no years are counted."""

LAG_MOST = 18
"""Longest wait for a claim, in months: later is lost for planning."""

SUPPLY_MOST = 1.5
"""Clip of the log supply index: a factor of 4.5 either way, more than any state saw in eight years."""

SUPPLY_REFERENCE = 4096
"""Futures over which the supply index is centred, whatever number is run."""

CONDITION_WORN = 0.4
"""Condition at which evidence gives its second point."""

CONDITION_LEAST = 0.01
"""A building never reaches zero: it would have been left."""

CLOSED_DAYS_MOST = 300.0
"""A building closed for longer is no longer the program's."""

PRESSURE_SPAN = 0.5
"""Load more than half above or below today's adds no further fires: beyond, odds ran away in trials."""

RATION_SHARPNESS = 8.0
"""Exponent of the smooth minimum by which a rung of rationing takes what it can and no more."""

ITEMS_RATIONED = 0.5
"""Items can be halved, not stopped."""

SESSIONS_RATIONED = 0.3
"""Share of hourly sessions that may be cancelled."""

NET_KEPT = 0.7
"""Weight of the past in the smoothed change of cash."""

GAP_MONTHS = 6.0
"""A shortfall against the reserve is made good over half a year."""

CLOSING_MONTHS = 3.0
"""Months in a row below the credit limit after which a program closes."""

START_ROUNDS = 60
"""Rounds of the fixed point; a thousand draws settle in about 40."""

START_CLOSE = 1e-3
"""Largest relative miss of a target at the start; above it a future is reported and not used."""

EVENING_STARTS = 17.0
"""Hour from which open hours count as evening."""

RESERVE_SHARE = 0.25
"""Reserve where the program names none: a quarter of a month's costs."""

HEALTH_DISCOUNT = 0.03
"""Yearly discount of years of life; 0 and 0.015 are shown beside it."""

LEVEL_LOW, LEVEL_HIGH = 0.4, 2.5
"""Ratio of today's deaths to what people and evidence imply, outside which the user is told."""

TINY = 1e-9
"""Keeps a division finite where both sides are zero."""

TRAVEL_FREE = 0.25
"""Miles that put nobody off: where the travel curve (travel_decay) begins."""

PULL_MONTHS = 24.0
"""Months in which the pulled supply index forgets: one of two structures that five years of data cannot tell apart."""

TAIL = 4.0
"""Degrees of freedom of the supply's tails, one scale a future, variance kept."""

WAGE_LEAST = 0.25
"""Pay over what is paid elsewhere never counts as less. At the middle elasticity eight times as many then leave, one in four a
month: as fast as people without work find some in the US. The row was measured on raises and says nothing of no pay at all."""

FIRES_MOST = 0.9
"""Share of hours on crises beyond which nobody would call it work: odds without a cap reached 1 in trials."""

MISSING_MOST = 10.0
"""Days a month without an item beyond which crises grow no further: the row's effect is known for a day or two."""

TENTHS = 10.0
"""Rows that tell an effect for each 10% more load: ten of them to the whole."""

NEARLY_NEVER = 0.001
"""Odds of renewal stay finite: a chance nearer to nothing or to certain than this is taken as this; 0 and 1 stay what they are."""

DEFERRAL_MONTHS = 60.0
"""Months over which `deferral_mult` is told: a repair put off five years."""

SHORTFALL_SCALE = 1.0 / 3.0
"""Width of the smooth shortfall, in weeks of costs: below it nobody would notice."""

COUNT_SIZE = 1600.0
"""Size of the negative binomial of counted deaths: state-month counts 2015-2022 are nearly Poisson (MODEL.md §6)."""

INFECTION_ROUNDS = 40
"""Rounds of the fixed point of infection; a thousand draws come to within 1e-12."""

PREVALENCE_LEAST = 0.005
"""Share with HIV below which who is infected here says nothing of the risk: infection comes from outside."""

SUPPRESSION_MOST = 12.0
"""HIV is suppressed no sooner than a month after it is found, on average: where more is asked for, fewer are suppressed."""

OUTBREAK_DAYS = 1826
"""Days over which an outbreak is followed: five years."""

NO_LIMIT = 1e15
"""Money a month that no program spends: stands where a fund sets no limit, so that the smaller of two is taken without asking."""
