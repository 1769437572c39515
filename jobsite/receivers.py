"""What the house does when Django says that somebody came, went, was refused, or changed a row."""

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save

from jobsite import log, rights, sessions, signing_in
from jobsite.models import Decision


def connect() -> None:
    pre_save.connect(signing_in.keep_nothing_that_was_sent, sender=AccessAttempt)
    m2m_changed.connect(rights.open_the_admin, sender=User.groups.through)
    user_logged_in.connect(sessions.begin)
    user_logged_in.connect(log.note_log_in)
    user_logged_out.connect(log.note_log_out)
    user_login_failed.connect(log.note_refusal)
    user_locked_out.connect(log.note_lock)
    post_save.connect(log.note_admin_entry, sender=LogEntry)
    post_save.connect(log.note_decision, sender=Decision)
