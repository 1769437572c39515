from django.db import models


def ids_ever(model: type[models.Model], field: str) -> dict[str, int]:
    """Return every value that `field` has or had, by the model's history, -> the id of its row, which may be gone."""
    had = model.history.order_by("history_id").values_list(field, "id")  # type: ignore[attr-defined]  # simple_history has no types
    return dict(had) | dict(model._default_manager.values_list(field, "pk"))
