"""Which rows of evidence are read: the list that a test holds against the code and the evidence file."""

READS: frozenset[str] = frozenset(
    """
    absence age_today benefits_share burnout_fire_slope burnout_load_slope burnout_quit_or burnout_recover_months
    burnout_worker call_911_overall call_911_public closed_days_sound closed_days_worn closed_mult credit_months
    cut_rate death_stopped decay_year deferral_mult doses_per_reversal emergency_cost emergency_rate_sound
    emergency_rate_worn evening_worth failure_rate_sound failure_rate_worn fatal_ems_rr fatal_ems_rr_fast
    fatal_naloxone fatal_none fatal_none_fentanyl fentanyl_share fire_hours_share fire_load_elast frailty_sd
    grant_renew_foundation grant_renew_gov grant_renew_local hire_months hours_reach_elast improve_gain jail_rate
    just_left_months kit_life_months lapse_month lapse_turned_away_mult link_success_ssp load_today
    moud_after_leaving_rr moud_allcause_rr moud_od_rr moud_share_need moud_stay nonod_death_oud nx_adj nx_carry
    nx_responders nx_share_onward od_case_fatality_overall od_mult_after_relapse od_nonfatal_inject od_public_share
    od_rate_stimulant_only od_rr_inject_v_smoke od_witnessed od_witnessed_public opioid_share origin_share
    other_kits plan_renewal_or price_growth productive_share quit_benefits_hr quit_hr_worker quit_wage_elast
    ramp_months ramp_start reach_selection reach_smoke_only_rr reach_us_other readiness_0 readiness_delay
    readiness_effect readiness_fade readiness_hours referrals replace_chance replace_cost_share replace_months
    reversal_report_share risk_ratio risk_share_higher route_mix_inject route_mix_smoke route_mix_stimulants
    shock_cut stay_away stock_out_mult stop_rate supply_shock_rate supply_shock_size supply_walk_sd support_quit_hr
    travel_decay upkeep_share visit_sharpness visits_per_participant_year wage_growth who_is_there
    """.split()
)
"""Keys read by the model, or by the anchor before it (levels and their priors)."""
