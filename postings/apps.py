from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "postings"
    verbose_name = "Postings (facts)"

    def ready(self) -> None:
        from jobsite.chores import register_chore
        from jobsite.decisions import follow_with
        from jobsite.work import register_sender
        from postings import models, receivers, tasks
        from postings.services import curation  # noqa: F401  (registers what can be decided)

        register_sender(models.Upload, tasks.ingest_upload_task.delay)
        register_sender(models.ExtractionBatch, tasks.extract_batch_task.delay)
        register_sender(models.CopyPass, tasks.group_copies_task.delay)
        register_chore("sources that may be kept no longer", tasks.remove_expired)
        register_chore("files of no upload", tasks.remove_orphan_files)
        register_chore("lexicons that no record was read with", tasks.forget_lexicons)
        register_chore("steps that nobody had taken", tasks.go_on)
        follow_with("facts", tasks.facts_changed)
        follow_with("copies", tasks.copies_decided)
        receivers.connect()
