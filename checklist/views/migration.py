"""What a change of the rules means for one client: then, now, and why."""

from checklist.clients import Migration
from checklist.texts import Texts
from checklist.views.wording import verdicts_in_words


def migration_in_words(migration: Migration, texts: Texts) -> list[str]:
    """Return what the visitor is told when a case of older rules opens."""
    version = migration.client.rules
    now = verdicts_in_words(migration.now, texts)
    said = [texts("migration.lead", old=migration.rules, new=version)]
    if migration.then is None:
        said.append(texts("migration.now_only", now=now))
    elif migration.then == migration.now:
        said.append(texts("migration.same", now=now))
    else:
        then = verdicts_in_words(migration.then, texts)
        said.append(texts("migration.then_now", then=then, now=now))
    changes = [texts(f"editions.v{one.replace('.', '_')}") for one in migration.since]
    return [*said, *(texts("migration.why", what=what) for what in changes)]
