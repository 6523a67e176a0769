"""Sources are read everywhere, written by jobs in `public` and by the main portal (ADR 0007)."""

from django.db import migrations

FORWARD = """
ALTER TABLE public.readings_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.readings_source FORCE ROW LEVEL SECURITY;
CREATE POLICY readings_source_read ON public.readings_source FOR SELECT USING (true);
CREATE POLICY readings_source_write ON public.readings_source FOR ALL
    USING (current_schema() IN ('public', 'main'))
    WITH CHECK (current_schema() IN ('public', 'main'));
"""
BACKWARD = """
DROP POLICY readings_source_write ON public.readings_source;
DROP POLICY readings_source_read ON public.readings_source;
ALTER TABLE public.readings_source NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public.readings_source DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("readings", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
