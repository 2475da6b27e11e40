"""What a migration to newer rules means for one client."""

from checklist.clients import Migration
from checklist.texts import Texts
from checklist.views.wording import verdicts_in_words


def describe_migration(migration: Migration, texts: Texts) -> list[str]:
    """Return the sentences shown for a client of older rules: verdicts then and now, and why."""
    version = migration.client.rules
    now = verdicts_in_words(migration.now, texts)
    sentences = [texts("migration.lead", old=migration.rules, new=version)]
    if migration.then is None:
        sentences.append(texts("migration.now_only", now=now))
    elif migration.then == migration.now:
        sentences.append(texts("migration.same", now=now))
    else:
        then = verdicts_in_words(migration.then, texts)
        sentences.append(texts("migration.then_now", then=then, now=now))
    changes = [texts(f"editions.v{one.replace('.', '_')}") for one in migration.since]
    return [*sentences, *(texts("migration.why", what=what) for what in changes)]
