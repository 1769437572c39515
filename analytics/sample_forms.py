"""What somebody fills in to have a sample drawn."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet

from analytics.models import SampleOf
from analytics.selectors.role_names import role_label
from analytics.services.sample_drawing import Wish
from analytics.services.samples import LARGEST, SMALLEST
from analytics.snapshot import Snapshot
from postings.models import Kind

USUAL = 150


def possible_readers() -> QuerySet[User]:
    """Return who may mark: the people with that right who can sign in."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return User.objects.with_perm("analytics.add_samplemark", backend=backend).order_by("username")


class SampleForm(forms.Form):
    """Choices are those of the run that it is drawn from."""

    of = forms.ChoiceField(label="What", choices=SampleOf.choices)
    size = forms.IntegerField(
        label="How many",
        min_value=SMALLEST,
        max_value=LARGEST,
        initial=USUAL,
        help_text="150 take a reader about half an hour. A share of 90% is then known to about 6 points either way.",
    )
    first = forms.ModelChoiceField(User.objects.none(), label="First reader")
    second = forms.ModelChoiceField(
        User.objects.none(), label="Second reader", help_text="Both need the rights of a curator."
    )
    kind = forms.ChoiceField(label="Kind of skill", required=False, help_text="Narrows mentions only, as the next.")
    skill = forms.CharField(label="One skill", required=False, max_length=120)
    role = forms.ChoiceField(label="Role", required=False)
    source = forms.ChoiceField(label="Source", required=False)
    seed = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The same run, wish and seed draw the same things again."
    )

    def __init__(self, *args: object, snapshot: Snapshot, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form takes them
        self.snapshot = snapshot
        roles = [(name, role_label(name)) for name in snapshot.roles if name]
        sources = [(name, name) for name in snapshot.sources if name]
        for field, choices in (("kind", Kind.choices), ("role", roles), ("source", sources)):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", "all"), *choices]
        for field in ("first", "second"):
            reader = self.fields[field]
            assert isinstance(reader, forms.ModelChoiceField)
            reader.queryset = possible_readers()

    def clean_skill(self) -> str:
        """Return the name as the run spells it."""
        stated = self.cleaned_data["skill"].strip()
        named = {name.casefold(): name for name in self.snapshot.skills}
        if stated and stated.casefold() not in named:
            raise forms.ValidationError(f"The run has no skill “{stated}”. Write it as its page does.")
        return named.get(stated.casefold(), "")

    def wish(self) -> Wish:
        names = ("of", "size", "seed", "role", "source")
        given = {name: self.cleaned_data[name] for name in names}
        if given["of"] == SampleOf.TITLES:
            return Wish(**given)
        return Wish(**given, kind=self.cleaned_data["kind"], skill=self.cleaned_data["skill"])
