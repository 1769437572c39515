"""The postings of a house as they were handed in, counted by pandas: what exports are held against.

Nothing of the screens, the snapshot or the selectors is used: titles, dates and texts are read from the tables, and the
two commands that need no database say which skills a text names and which role a title is.
"""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.browser.house import ROOT

LEVELS = ["required", "preferred", "mentioned"]
POSTINGS = """
select posting.id, title.text as title, company.name as company, posting.country, posting.date_posted,
       posting.pay_yearly_min, posting.pay_yearly_max, posting.pay_currency, posting.pay_suspect, words.text,
       posting.ad_group_id is not null
           and posting.id not in (select representative_id from postings_adgroup) as is_copy
from postings_posting as posting
join postings_title as title on title.id = posting.title_id
join postings_postingtext as words on words.posting_id = posting.id
left join postings_company as company on company.id = posting.company_id
"""


@dataclass(frozen=True)
class RawRows:
    """ads: one row a posting that is no copy, with `role` and `seniority`.

    mentions: `id`, `skill` and the strongest `level` of each skill that a posting names;
    kinds: the kind of each skill, by its name.
    """

    ads: pd.DataFrame
    mentions: pd.DataFrame
    kinds: pd.Series

    def of(self, **columns: str) -> pd.DataFrame:
        """Return the ads with these values: of(role="data engineer", country="US")."""
        found = self.ads
        for name, value in columns.items():
            found = found[found[name] == value]
        return found

    def named(self, ads: pd.DataFrame, level: str = "") -> pd.Series:
        """Return how many of the ads name each skill, at any level or at one."""
        mentions = self.mentions[self.mentions["id"].isin(ads["id"])]
        if level:
            mentions = mentions[mentions["level"] == level]
        return mentions.groupby("skill")["id"].nunique()


def read_raw_rows(data: Path, folder: Path) -> RawRows:
    """Read the postings of the installation at `data`; `folder` takes the files that the commands read and write."""
    with sqlite3.connect(f"file:{data / 'rolescope.sqlite3'}?mode=ro", uri=True) as database:
        postings = pd.read_sql(POSTINGS, database)
        kinds = pd.read_sql("select name, kind from postings_skill", database).set_index("name")["kind"]
    texts = (
        json.dumps({"id": int(pk), "text": text}) for pk, text in zip(postings["id"], postings["text"], strict=True)
    )
    (folder / "texts.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    postings[["id", "title"]].to_csv(folder / "titles.tsv", sep="\t", index=False, header=False)
    _manage(folder, "extract_file", folder / "texts.jsonl", folder / "skills.jsonl")
    _manage(folder, "normalise_titles", folder / "titles.tsv", folder / "roles.tsv")
    roles = pd.read_csv(folder / "roles.tsv", sep="\t", names=["id", "role", "seniority"])
    ads = postings[postings["is_copy"] == 0].merge(roles, on="id")
    read = [json.loads(line) for line in (folder / "skills.jsonl").read_text(encoding="utf-8").splitlines()]
    mentions = [(one["id"], skill["name"], skill["level"]) for one in read for skill in one["skills"]]
    named = pd.DataFrame(mentions, columns=["id", "skill", "level"])
    strongest = named.sort_values("level", key=lambda level: level.map(LEVELS.index)).drop_duplicates(["id", "skill"])
    return RawRows(ads, strongest, kinds)


def _manage(folder: Path, *arguments: object) -> None:
    """Run a command in an installation of its own, which holds nothing."""
    environment = {**os.environ, "DATA_DIR": str(folder / "empty")}
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)], cwd=ROOT, env=environment, check=True, capture_output=True
    )
