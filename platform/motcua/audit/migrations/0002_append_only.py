"""Events can be added and read; a site adds only its own. Retention sets ``motcua.retention``.

The application role has no UPDATE or DELETE right on the table in the first place; these
policies hold where an operator has one role only.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_event_read ON public.audit_event FOR SELECT USING (true);
CREATE POLICY audit_event_add ON public.audit_event FOR INSERT
    WITH CHECK (current_schema() IN (site, 'public'));
CREATE POLICY audit_event_retention ON public.audit_event FOR DELETE
    USING (current_setting('motcua.retention', true) = 'on');
"""
BACKWARD = """
DROP POLICY audit_event_retention ON public.audit_event;
DROP POLICY audit_event_add ON public.audit_event;
DROP POLICY audit_event_read ON public.audit_event;
ALTER TABLE public.audit_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_event DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
