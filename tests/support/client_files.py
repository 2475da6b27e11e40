"""Hypothesis strategies for valid client files, with keys of later versions."""

import json

from hypothesis import strategies as st

from checklist.advice import CHECKS, STAGES
from checklist.rules import ANSWERS, FACTS
from tests.support.answers import AT

answers = st.dictionaries(st.sampled_from([fact.id for fact in FACTS]), st.sampled_from(ANSWERS))
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
records = st.fixed_dictionaries(
    {"answers": answers},
    optional={
        "id": st.sampled_from(["1", "2", "2-2", "imported"]),
        "name": text,
        "checks": st.dictionaries(
            st.sampled_from([check.id for check in CHECKS]), st.sampled_from(ANSWERS), max_size=3
        ),
        "stage": st.sampled_from(STAGES),
        "notes": st.dictionaries(text, text, max_size=2),
        "log": st.lists(
            st.fixed_dictionaries({"at": st.just(AT)}, optional={"meeting": text, "x": anything}),
            max_size=2,
        ),
        "later": anything,
    },
)
collections = st.lists(records, max_size=5).map(
    lambda some: json.dumps({"format": "client-cases/1", "cases": some})
)
