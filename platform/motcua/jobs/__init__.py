"""Background work that carries its site (``docs/adr/0004-jobs.md``).

Define a task with ``django_tasks.task`` and enqueue it inside a site's context; a worker runs it
in that same site, retries it, and buries it in the dead-letter list when it keeps failing.
"""
