"""What a posting says of its company asks for nothing, wherever it stands; what the team does is told all the same."""

import pytest
from shipped_extractor import shipped_levels

OF_THE_COMPANY = [
    ("Company Overview\nMoss Labs brings blockchain and machine learning to farmers.", {}),
    ("Requirements\n- Kotlin\n\nAbout Acme\nAcme fights fraud with machine learning and Kafka.", {"Kotlin": "R"}),
    (
        "Preferred\n- Experience with Ansible\n\nHarbor Cloud is a new business unit at Acme for machine learning.",
        {"Ansible": "P"},
    ),
    ("Requirements\n- Kotlin\n\nFounded in 1990, Acme brings Kafka and cloud computing to shops.", {"Kotlin": "R"}),
    ("A global leader in consulting and digital transformation, Moss stands at the forefront of cloud.", {}),
    ("The client serves 900 firms across fishing, mining and banking.", {}),
    ("Larch is a next-generation platform for machine learning on farms.", {}),
    ("Over 9,000 organizations are using our chairs, including crews such as GitHub and Salesforce.", {}),
    ("Larch partners with regional healthcare providers that live by big data.", {}),
    ("Die Larch AG unterstützt mittlere Unternehmen mit Machine Learning und Big Data.", {}),
    ("Requirements\n- Kotlin\n\nAt Larch Labs, we believe in machine learning for all.", {"Kotlin": "R"}),
    ("Requirements\n- Kotlin\n\nAs a global leader in big data, Larch grows.", {"Kotlin": "R"}),
    ("Requirements\n- Kotlin\n\nLarch is a business of Moss, a house of big data.", {"Kotlin": "R"}),
    (
        "Larch is a company of bakers. Machine learning is no stranger to the ovens. Our mission is good bread.",
        {},
    ),
    ("Salesforce is a leading provider of big data.\nThe crew lives in Salesforce.", {}),
    ("Company Overview The house of Larch goes where banking and insurance are in need of a chair. " * 2, {}),
]


@pytest.mark.parametrize(("text", "expected"), OF_THE_COMPANY)
def test_the_company_of_itself_asks_for_nothing(text, expected):
    assert shipped_levels(text) == expected


OF_THE_WORK = [
    ("About the team\nYou join five people who run Kafka and dbt.", {"Kafka": "M", "dbt": "M"}),
    ("About the team\nWe write Kotlin and run Kafka.", {"Kotlin": "M", "Kafka": "M"}),
    ("About the team\nThe pricing group lives by machine learning models.", {"machine learning models": "M"}),
    ("About Acme\nOur engineers run Kafka all day long.", {"Kafka": "M"}),
    ("About Acme\nStrong knowledge of Kafka is what you bring.", {"Kafka": "R"}),
    ("About us\n- Kafka and Scala.", {"Kafka": "M", "Scala": "M"}),
    ("We are a team that builds its services in Kotlin.", {"Kotlin": "M"}),
    ("Preferred\n\nYou know retail and have worked with Ansible.", {"retail": "P", "Ansible": "P"}),
    ("Requirements\nKotlin is the language you need.", {"Kotlin": "R"}),
    ("Explore machine learning to guard our customers in the wild.", {"machine learning": "M"}),
    ("Our platform runs on Kafka.", {"Kafka": "M"}),
    ("As the technical lead for big data, guide the crew.", {"big data": "M"}),
    ("Im Alltag unterstützt du Unternehmen mit Big Data.", {"Big Data": "M"}),
    ("At the desk, we run Kafka.", {"Kafka": "M"}),
    (
        "Larch is a company of bakers. Build machine learning for the ovens. Our mission is good bread.",
        {"machine learning": "M"},
    ),
    (f"{'Company Overview The house of Larch sells to insurance. ' * 2}\nSell to banking.", {"banking": "M"}),
    ("Our mission expertise is applied toward machine learning.", {"machine learning": "M"}),
    ("Company: Larch Labs\nThe jobs run on Kafka every night.", {"Kafka": "M"}),
]


@pytest.mark.parametrize(("text", "expected"), OF_THE_WORK)
def test_what_is_done_there_is_told_under_any_heading(text, expected):
    assert shipped_levels(text) == expected
