"""Tags that place charts, tables and method notes with what belongs to them: {% chart %}, {% sheet %}, {% method %}."""

from collections.abc import Mapping

from django import template
from django.template import Context

from analytics.charts import Chart
from analytics.methods import METHODS
from analytics.tables import Sheet
from analytics.views.downloads import address_of

register = template.Library()


@register.inclusion_tag("_chart.html", takes_context=True, name="chart")
def place_chart(context: Context, chart: Chart, *, open: bool = False) -> Mapping[str, object]:
    """Place a chart with its table; `open` shows the table."""
    return _parts(context, chart.key) | {"chart": chart, "open": open, "method": METHODS.get(chart.method)}


@register.inclusion_tag("_sheet.html", takes_context=True, name="sheet")
def place_sheet(context: Context, sheet: Sheet) -> Mapping[str, object]:
    """Place a table that stands by itself, with its exports, its pager and how it is computed."""
    return _parts(context, sheet.key) | {"sheet": sheet, "method": METHODS.get(sheet.method)}


@register.inclusion_tag("_method.html", name="method")
def place_method(key: str) -> Mapping[str, object]:
    """Place the note of one measure; an unknown key is an error of the template."""
    return {"method": METHODS[key], "named": True}


def _parts(context: Context, key: str) -> dict[str, object]:
    """Return the addresses of the exports and whether this is a report; pages outside the frame have no exports."""
    request = getattr(context, "request", None)
    if request is None or not getattr(request, "has_exports", False):
        return {"csv_url": "", "json_url": "", "request": request, "report": False, "reset_url": ""}
    address = address_of(request)
    address["table"] = key
    csv_url, json_url = (f"?{address.urlencode()}&export={name}" for name in ("csv", "json"))
    report = "report" in request.GET
    reset_url = getattr(context.get("filters"), "reset_url", request.path)
    return {"csv_url": csv_url, "json_url": json_url, "request": request, "report": report, "reset_url": reset_url}
