"""Every row that decisions can change, to be compared before and after."""

from django.core import serializers

from jobsite.decisions.values import model_of
from jobsite.models import Decision, DecisionRow
from postings.models import Alias, Skill, SkillGroup, SkillReference

TAXONOMY = (SkillGroup, Skill, Skill.groups.through, Alias, SkillReference)


def rows_of(*models):
    """Table -> its rows as JSON, ids too, in order."""
    return {
        model: serializers.serialize("json", model.objects.order_by("pk"), indent=0) for model in models or TAXONOMY
    }


def rows_of_labels(*labels):
    return rows_of(*(model_of(label) for label in labels))


def forget_decisions():
    """Empty the ledger, as it is in another installation."""
    DecisionRow.objects.all().delete()
    Decision.objects.update(undoes=None)
    Decision.objects.all().delete()
