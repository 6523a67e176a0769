"""A site writes only its own card, whoever runs the query (ADR 0003)."""

from django.db import migrations

FORWARD = """
ALTER TABLE public.hub_card ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_card FORCE ROW LEVEL SECURITY;
CREATE POLICY hub_card_read ON public.hub_card FOR SELECT USING (true);
CREATE POLICY hub_card_write ON public.hub_card FOR ALL
    USING (site = current_schema()) WITH CHECK (site = current_schema());
"""
BACKWARD = """
DROP POLICY hub_card_write ON public.hub_card;
DROP POLICY hub_card_read ON public.hub_card;
ALTER TABLE public.hub_card NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_card DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("hub", "0005_card_and_lookups")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
