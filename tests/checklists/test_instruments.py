"""Every instrument of the course: its row, the checklists that carry it, and the items that hold the row's facts.

`OWN` names, for each row, the checklist that is the instrument by itself; `ALSO` what larger sheets take from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from auditor.checklist.model import Checklist
from checklists import library, reader
from ui.command_line import main

Rows = Mapping[str, Mapping[str, str]]

OWN: Rows = {
    # A. Conduct on the floor
    "A1": {"grooming": "uniform_worn uniform_tidy women_make_up men_hair_and_beard badge_worn spirit nails scent"},
    "A2": {"service_language": "opening_line magic_words pace loudness articulation mandarin terms_counted no_taboo"},
    "A3": {
        "greeting": "stands_to_greet meets_the_eyes smiles_on_meeting guides_unasked no_typing_while_talking"
        " teller_asks"
    },
    "A4": {"farewell": "stands_to_see_off thanks reminds_belongings says_goodbye something_left"},
    "A5": {
        "service_details": "why_seconds_count noticed_within first_impression_time unprompted_warmth focused_eyes"
        " smile_natural neat_at_a_glance professional_bearing"
    },
    "A6": {
        "service_details": "smile_natural open_posture inviting_hand focused_eyes positive precise short no_bank_talk"
        " counter_tidy waiting_area signs_clear why_details_count"
    },
    "A7": {
        "customer_journey": "way_shown queue_orderly greeter_post waiting_time something_to_do explains_well"
        " procedure_light how_to_guide knows_next voice_channel follow_up pain_points remedies"
    },
    "A8": {"misconceptions": "person_before_step not_mechanical warmth_felt questions_before_product same_courtesy"},
    "A9": {
        "communication": "natural_opening uses_name no_interrupting nods notes_facts reads_cues restates open_questions"
        " answers_the_point plain_solution made_to_measure benefit_told"
    },
    "A10": {"needs_discovery": "asked_what asked_why asked_how asked_what_else asked_when hints_caught names_feeling"},
    "A11": {
        "emotion": "reads_face_voice_body steady_voice accepts_feeling to_the_solution aggression_seen help_at_once"
    },
    "A13": {
        "standard_and_personal": "no_rule_bent no_quality_lost no_unfairness no_odd_cost core_steps_kept own_words"
    },
    "A14": {
        "lobby_marketing": "cycle_taught watches_and_talks solves_first own_benefit next_contact golden_hour"
        " commuters_quick retired_care families_together"
    },
    "A15": {
        "channel_teamwork": "reads_errand_right routed_by_fit gap_alone who_is_responsible buck_passed"
        " same_answer_channels sees_what_was_begun may_change_channel"
    },
    "A16": {"smile": "eyes_smile mouth_smile degree comes_and_goes suggestion group_size"},
    "A17": {
        "special_groups": "reading_aids own_manager elder_corner comes_to_home green_channel spoken_guidance"
        " hands_freed others_not_delayed"
    },
    # B. Compliance, privacy, risk
    "B1": {
        "compliance": "secrecy_lessons camera_free_posts signs_himself key_steps_watched no_exaggerated_return"
        " recorded_zone own_logins no_unrelated_query alerts_followed true_information free_choice four_rights_known"
    },
    "B2": {
        "privacy": "clear_desk screen_locked customer_talk nothing_taken_out no_private_devices passwords_changed"
        " slips_shredded no_photos red_lines_named peer_reminder"
    },
    "B3": {
        "risk_disclosure": "line_not_guaranteed line_past_results line_invest_risk before_interest tells_back"
        " own_confirmation"
    },
    "B4": {
        "operating_procedure": "checks_before operates_in_order rechecks_after told_face_to_face no_cross_tasks"
        " vouchers_kept anomaly_reported extra_care fingers_ready four_moves even_pace four_faults rather_slow"
    },
    "B5": {
        "financial_education": "elderly_fraud young_basics wealthy_planning no_pitch fair_view jargon_count"
        " form_of_teaching"
    },
    # C. Channels
    "C1": {
        "digital_channels": "home_at_a_glance voice_prompts visual_lead video_connects_in chat_round_the_clock"
        " handover_to_person error_tells_the_way flow_kept_short ways_to_get_help privacy_on_devices"
        " help_by_age_and_skill"
    },
    "C2": {
        "telephone": "name_and_department phone_voice mandarin_on_phone confirms_understanding thanks_for_patience"
        " next_step_told longest_silence short_and_plain satisfaction_call"
    },
    "C3": {
        "digital_experience": "begins_on_the_phone journey_smooth assistant_understands people_for_people"
        " checks_not_piled_up security_not_given_up"
    },
    # D. Complaints
    "D1": {
        "complaint_handling": "hears_out facts_recorded understanding_and_apology follow_up_promised"
        " facts_against_feelings root_cause_found days_to_answer outcome_explained fitting_remedy"
        " satisfaction_confirmed result_filed case_shared"
    },
    "D2": {
        "service_recovery": "hours_until_contact owns_the_mistake sincere_apology beyond_expectation root_pulled_out"
        " open_about_it put_right months_followed value_added prevention_in_place"
    },
    "D4": {"failure_review": "clip_length kind_of_failure causes improvement_named lessons_drawn"},
    # E. People, team, process
    "E1": {
        "course_assessment": "wrong_on_ideas wrong_on_standards wrong_on_techniques counter_demo talk_demo"
        " pressure_demo case_diagnosis case_solution attendance discussion days_to_finish department_check certificate"
    },
    "E2": {
        "role_play": "scene_played warm_natural_greeting need_dug_out solution_suits clear_words body_language_played"
        " whole_flow"
    },
    "E3": {
        "day_simulation": "morning_peak_welcome difficult_customer_calmed opening_ready routine_errors closing_balanced"
        " completion_rate roles_kept incident_reaction"
    },
    "E4": {
        "proposals": "people_in_group leader_and_recorder talk_minutes novelty customer_value feasibility cost_benefit"
        " reach"
    },
    "E5": {"new_staff": "weeks_of_training months_with_mentor mentor_feedback weeks_in_post learning_events"},
    "E6": {"team_practice": "held_daily log_complete introduced_in_person"},
    "E7": {
        "process_slimming": "steps_before steps_after levels_before levels_after time_before time_after happy_before"
        " happy_after flow_drawn waste_found steps_merged automation_used pilot_tested kept_improving"
    },
    "E8": {
        "well_being": "promise_of_silence why_it_matters pressure relief_used attitude_habits team_holds mean_pressure"
        " mean_support team_measures"
    },
    "E10": {"management_example": "mondays_missed days_in_the_hall joins_at_peak"},
    "E11": {"service_innovation": "one_person_does_all something_to_do elderly_corner_serves"},
    "E12": {
        "growth": "products_and_rules listens_asks_tells steady_under_pressure analyses_and_decides"
        " supports_and_coordinates own_stage next_two_skills"
    },
}
ALSO: Rows = {
    "A2": {"greeting": "polite_phrases voice standard_speech plain_words forbidden_words"},
    "A3": {"branch_mystery_visit": "triage_questions step_signal step_ask"},
    "A4": {"branch_mystery_visit": "step_return step_gaze three_voices"},
    "A6": {"announced_inspection": "rows_that_see_the_call noise_level loose_stickers street_signs"},
    "A17": {
        "branch_mystery_visit": "bell_at_ramp reserved_seat low_desk",
        "announced_inspection": "ramp_gradient low_counter hearing_tools care_mode_found bell_to_help"
        " home_visits_sampled",
    },
    "B1": {
        "branch_mystery_visit": "who_sits_there fees_and_lock whose_product recording_zone add_me price_first",
        "consumer_protection_inspection": "seller_says_who whose_hands answers_by_customer separate_consent"
        " posts_on_social_media",
    },
    "B2": {
        "branch_mystery_visit": "pin_in_peace spoken_of keypad_cover stray_slips",
        "consumer_protection_inspection": "forms_ask_no_more chat_groups_sampled given_to_others",
    },
    "B3": {
        "branch_mystery_visit": "return_in_words before_naming",
        "compliance": "says_not_guaranteed says_past_no_forecast says_risk understood_and_confirmed",
        "consumer_protection_inspection": "figures_in_adverts consent_spoken match_opinion_given",
    },
    "B4": {"branch_daily_inspection": "two_to_open proxy_papers approval_wait reversals_explained forged_note_seized"},
    "C1": {"digital_channel_review": "hurdles_to_person asked_three_ways check_page machine_cannot message_answered"},
    "C2": {"telephone_mystery_call": "first_sentence longest_hold transfer_with_word call_kept points_recapped"},
    "C3": {"digital_channel_review": "ready_in taps_to_errand same_rate_everywhere secrets_not_asked"},
    "D1": {
        "announced_inspection": "register_against_sources complaint_calls_heard causes_acted_on",
        "consumer_protection_inspection": "overdue_cases extension_told reply_letter_has counted_honestly",
    },
    "E5": {"announced_inspection": "newcomer_mentor_pages hours_per_person recalls_one_lesson"},
    "E6": {"branch_daily_inspection": "yesterdays_lesson evening_five_minutes log_answered_by_head"},
    "E10": {
        "branch_daily_inspection": "head_in_hall noon_presence visitor_complaint_received",
        "announced_inspection": "head_as_lobby_manager",
    },
    "F2": {
        "branch_self_inspection": "greeted_in_15 check_operate_recheck front_and_floor morning_meeting head_signature",
        "branch_daily_inspection": "first_customers_welcomed seven_steps_one_case signboard_letters clock_in_vs_posts"
        " branch_head_signature",
    },
}
PLAYED = "A12"
"""Personas and scenarios: carried by those of a checklist, not by items."""
FUNCTIONS = {"A12", "D3", "E9"}
COUNTS = {"A": 17, "B": 5, "C": 3, "D": 4, "E": 12}

FILES = {path.stem: path for path in library.shipped()}
SHEETS = {name: reader.read(path) for name, path in FILES.items()}


def cases(*tables: Rows) -> Iterator[tuple[str, str, list[str]]]:
    """Row, checklist, item ids."""
    for table in tables:
        for row, carried in table.items():
            yield from ((row, name, ids.split()) for name, ids in carried.items())


def claims() -> Iterator[tuple[str, Checklist]]:
    for sheet in SHEETS.values():
        yield from ((row, sheet) for row in sheet.instruments)


def test_every_row_that_is_not_a_function_is_in_the_table():
    rows = {f"{letter}{n}" for letter, count in COUNTS.items() for n in range(1, count + 1)}
    assert set(OWN) == rows - FUNCTIONS


@pytest.mark.parametrize(("row", "name"), [(row, next(iter(carried))) for row, carried in OWN.items()])
def test_a_row_has_a_checklist_of_its_own_that_loads(row, name):
    """It says so itself, and takes up no more than one other row."""
    checklist, problems = reader.check(FILES[name])
    assert checklist is not None
    assert problems == []
    assert row in checklist.instruments
    assert len(checklist.instruments) <= 2


@pytest.mark.parametrize(("row", "name", "ids"), list(cases(OWN, ALSO)))
def test_the_items_that_carry_a_row_are_there(row, name, ids):
    assert row in SHEETS[name].instruments
    assert [one for one in ids if one not in {item.id for item in SHEETS[name].items()}] == []
    assert len(ids) == len(set(ids)) > 0


def test_no_checklist_claims_a_row_without_items():
    carried = {(row, name) for row, name, _ in cases(OWN, ALSO)}
    assert [(row, sheet.id) for row, sheet in claims() if row != PLAYED and (row, sheet.id) not in carried] == []


def test_who_claims_the_customer_played_has_personas_and_scenarios():
    playing = [sheet for row, sheet in claims() if row == PLAYED]
    assert playing
    assert [sheet.id for sheet in playing if not sheet.personas or not sheet.scenarios] == []


def test_the_command_names_the_rows_of_every_checklist(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--data", str(tmp_path), "--json", "checklist", "list"]) == 0
    listed = {one["id"]: one["instruments"] for one in json.loads(capsys.readouterr().out)}
    assert listed == {name: list(sheet.instruments) for name, sheet in SHEETS.items()}
    assert set(OWN) <= {row for rows in listed.values() for row in rows}
