"""Who comes through which door: every address of the project, for every kind of person. Add a line for a new one."""

# A line is: address -> what GET and what POST answer to a visitor, a viewer, an analyst, a curator, an administrator.
# o  let in · L  sent to the log-in · x  refused (403) · -  no such method (405)
PEOPLE = ("visitor", "viewer", "analyst", "curator", "admin")

READ_ONLY = "Loooo L----"
READ_AND_SEND = "Loooo Loooo"

DOORS = {
    "health": "ooooo ooooo",
    "login": "ooooo ooooo",
    "logout": "----- ooooo",
    "password": READ_AND_SEND,
    # figures
    "overview": READ_ONLY,
    "role_list": READ_ONLY,
    "role_map": READ_ONLY,
    "role": READ_ONLY,
    "my_skills": READ_AND_SEND,
    "compare": READ_ONLY,
    "profile_list": READ_ONLY,
    "profile": READ_ONLY,
    "skill_list": READ_ONLY,
    "skill": READ_ONLY,
    "company_list": READ_ONLY,
    "company": READ_ONLY,
    "twins": READ_ONLY,
    "twin_pair": READ_ONLY,
    "trends": READ_ONLY,
    "pay": READ_ONLY,
    "posting_list": READ_ONLY,
    "posting": READ_ONLY,
    "quality": READ_ONLY,
    "methods": READ_ONLY,
    "limits": READ_ONLY,
    "styleguide": READ_ONLY,
    "search": READ_ONLY,
    # samples for two readers: nobody here is one of the two
    "sample_list": "Lxxoo Lxx--",
    "sample_create": "Lxxoo Lxxoo",
    "sample": "Lxxoo Lxx--",
    "sample_read": "Lxxxx Lxx--",
    "sample_mark": "Lxxxx Lxxxx",
    "sample_done": "Lxx-- Lxxxx",
    "sample_settle": "Lxx-- Lxxoo",
    "sample_withdraw": "Lxxoo Lxxoo",
    # runs
    "run_list": READ_ONLY,
    "run": READ_ONLY,
    "run_changes": READ_ONLY,
    "run_publish": "Lxx-- Lxxoo",
    "run_verify": "Lxx-- Lxxoo",
    "run_keep": "Lxx-- Lxxoo",
    "work_progress": "Lxxoo Lxx--",
    "run_create": "Lxx-- Lxxoo",
    # files and sources
    "upload_list": "Loooo Lxooo",
    "upload": READ_ONLY,
    "upload_look": "Lx--- Lxooo",
    "upload_take": "Lx--- Lxooo",
    "upload_discard": "Lx--- Lxooo",
    "upload_mend": "Lx--- Lxooo",
    "upload_rejections": "Lxooo Lx---",
    "sample_remove": "Lx--- Lxooo",
    "source_list": READ_ONLY,
    "source": READ_ONLY,
    "source_edit": "Lxooo Lxooo",
    "source_remove": "Lxxxo Lxxxo",
    "removal_list": READ_ONLY,
    # copies
    "posting_copy": READ_ONLY,
    "posting_copy_decide": "Lxx-- Lxxoo",
    "copy_queue": "Lxxoo Lxx--",
    "copy_queue_decide": "Lxx-- Lxxoo",
    "copy_queue_undo": "Lxx-- Lxxoo",
    # mentions
    "mention_wrong": "Lxx-- Lxxoo",
    "mention_right": "Lxx-- Lxxoo",
    # the admin, its sections aside
    "admin:index": "Lxxoo Lxxoo",
    "admin:postings_candidate_clusters": "Lxxoo Lxxoo",
    "admin:postings_candidate_impact": "Lxxoo Lxxoo",
    "admin:postings_candidate_queue": "Lxxoo Lxxoo",
    "admin:postings_candidate_skills": "Lxxoo Lxxoo",
    "admin:postings_skill_deprecate": "Lxxoo Lxxoo",
    "admin:postings_skill_merge_into": "Lxxoo Lxxoo",
    "admin:postings_skill_export": "Lxxoo Lxxoo",
    "admin:postings_skill_import": "Lxxoo Lxxoo",
    "admin:postings_skill_named": "Lxxoo Lxxoo",
    "admin:postings_skill_remove": "Lxxoo Lxxoo",
    "admin:postings_skill_split": "Lxxoo Lxxoo",
    "admin:analytics_opentitle_roles": "Lxxoo Lxxoo",
    "admin:analytics_role_named": "Lxxoo Lxxoo",
    "admin:app_list": "Lxxoo Lxxoo",
    "admin:auth_user_password_change": "Lxxxo Lxxxo",
    "admin:autocomplete": "Lxxoo Lxx--",
    "admin:jobsite_decision_apply": "Lxxoo Lxxoo",
    "admin:jobsite_decision_export": "Lxxoo Lxxoo",
    "admin:jobsite_decisionbatch_confirm": "Lxx-- Lxxoo",
    "admin:jobsite_decisionbatch_discard": "Lxx-- Lxxoo",
    "admin:jobsite_decision_undo": "Lxxoo Lxxoo",
    "admin:jobsite_event_export": "Lxxxo Lxxxo",
    "admin:jsi18n": "Lxxoo Lxx--",
    "admin:login": "LLLLL LLLLL",
    "admin:logout": "Lxx-- Lxxoo",
    "admin:password_change": "Lxxoo Lxxoo",
    "admin:password_change_done": "Lxxoo Lxx--",
    "admin:view_on_site": "Lxxoo Lxxoo",
}

# A section of the admin -> what a curator, and what an administrator, may do there. Visitors are sent to the log-in;
# viewers and analysts are refused.
SECTIONS = {
    "postings.source": ("view add change", "view add change"),
    "postings.upload": ("view add", "view add"),
    "postings.rejection": ("view", "view"),
    "postings.removal": ("view", "view"),
    "postings.posting": ("view", "view"),
    "postings.company": ("view change", "view change"),
    "postings.title": ("view", "view"),
    "postings.skill": ("view add change", "view add change"),
    "postings.alias": ("view add change", "view add change"),
    "postings.skillgroup": ("view add change", "view add change"),
    "postings.candidate": ("view", "view"),
    "postings.copydecision": ("view", "view"),
    "analytics.role": ("view add change delete", "view add change delete"),
    "analytics.titlepin": ("view add change delete", "view add change delete"),
    "analytics.opentitle": ("view", "view"),
    "analytics.run": ("view", "view"),
    "analytics.knownprofile": ("view", "view"),
    "analytics.profilepin": ("view add change delete", "view add change delete"),
    "auth.user": ("", "view add change delete"),
    "auth.group": ("", "view"),
    "jobsite.decision": ("view", "view"),
    "jobsite.decisionbatch": ("view", "view"),
    "jobsite.event": ("", "view"),
}

OPEN_TO_VISITORS_WHEN_PUBLIC = {name for name, line in DOORS.items() if line in (READ_ONLY, READ_AND_SEND)} - {
    "upload",
    "source_list",
    "source",
    "removal_list",
    "run_changes",
    "password",
}


def place_of_curator_and_admin(person: str) -> int | None:
    return {"curator": 0, "admin": 1}.get(person)
