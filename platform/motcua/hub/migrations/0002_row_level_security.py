"""A site writes only its own items, whoever runs the query (ADR 0003)."""

from django.db import migrations

FORWARD = """
ALTER TABLE public.hub_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_item FORCE ROW LEVEL SECURITY;
CREATE POLICY hub_item_read ON public.hub_item FOR SELECT USING (true);
CREATE POLICY hub_item_write ON public.hub_item FOR ALL
    USING (site = current_schema()) WITH CHECK (site = current_schema());
"""
BACKWARD = """
DROP POLICY hub_item_write ON public.hub_item;
DROP POLICY hub_item_read ON public.hub_item;
ALTER TABLE public.hub_item NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_item DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
