"""Who reads and writes visits, whoever runs the query (ADR 0007)."""

from django.db import migrations

COUNTS = ["insight_siteday", "insight_sitetotal", "insight_pageday", "insight_pagetotal",
          "insight_presence"]  # fmt: skip

READ = """
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_read ON public.{table} FOR SELECT
    USING (site = current_schema() OR current_schema() IN ('public', 'main'));
"""
WRITE = """
CREATE POLICY {table}_write ON public.{table} FOR ALL
    USING (current_schema() = 'public') WITH CHECK (current_schema() = 'public');
"""
SALT = """
ALTER TABLE public.insight_dailysalt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.insight_dailysalt FORCE ROW LEVEL SECURITY;
"""
# Before the policies: nobody is here yet, and what comes is not worth a log.
UNLOGGED = "ALTER TABLE public.insight_presence SET UNLOGGED;"
LOGGED = "ALTER TABLE public.insight_presence SET LOGGED;"


def forward() -> str:
    guarded = "".join((READ + WRITE).format(table=table) for table in COUNTS)
    return UNLOGGED + guarded + SALT + WRITE.format(table="insight_dailysalt")


def backward() -> str:
    tables = [*COUNTS, "insight_dailysalt"]
    statements = [
        f"DROP POLICY IF EXISTS {table}_read ON public.{table};"
        f"DROP POLICY {table}_write ON public.{table};"
        f"ALTER TABLE public.{table} NO FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY;"
        for table in tables
    ]
    return "".join(statements) + LOGGED


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]
    operations = [migrations.RunSQL(forward(), backward())]
