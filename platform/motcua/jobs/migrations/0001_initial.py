import uuid

import django.utils.timezone
from django.db import migrations, models

# A site sees and adds its own jobs only; the workers stand in `public` and see all. Forced, so that
# it also holds for an operator with a single database role.
ISOLATE = """
ALTER TABLE public.jobs_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.jobs_job FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_job_own_site ON public.jobs_job
    USING (site = current_schema() OR current_schema() = 'public')
    WITH CHECK (site = current_schema() OR current_schema() = 'public');
"""
REVEAL = """
DROP POLICY jobs_job_own_site ON public.jobs_job;
ALTER TABLE public.jobs_job NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public.jobs_job DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site", models.CharField(max_length=63, verbose_name="site")),
                ("task_path", models.CharField(max_length=255, verbose_name="task")),
                ("args", models.JSONField(default=list, verbose_name="positional arguments")),
                ("kwargs", models.JSONField(default=dict, verbose_name="named arguments")),
                ("queue", models.CharField(max_length=32, verbose_name="queue")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                (
                    "periodic",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="periodic job"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("running", "Running"),
                            ("succeeded", "Succeeded"),
                            ("dead", "Dead"),
                        ],
                        default="ready",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "max_attempts",
                    models.PositiveSmallIntegerField(default=3, verbose_name="attempts allowed"),
                ),
                (
                    "run_after",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="not before"
                    ),
                ),
                (
                    "enqueued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="enqueued"
                    ),
                ),
                ("started_at", models.DateTimeField(null=True, verbose_name="last started")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("heartbeat_at", models.DateTimeField(null=True, verbose_name="last sign of life")),
                (
                    "worker",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="last worker"
                    ),
                ),
                (
                    "error_class",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="last error"
                    ),
                ),
                (
                    "error",
                    models.TextField(
                        blank=True, default="", verbose_name="traceback of the last error"
                    ),
                ),
                ("return_value", models.JSONField(null=True, verbose_name="return value")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("run_after"),
                        condition=models.Q(("status", "ready")),
                        name="jobs_job_ready",
                    ),
                    models.Index(
                        models.F("site"),
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("run_after"),
                        condition=models.Q(("status", "ready")),
                        name="jobs_job_site_ready",
                    ),
                    models.Index(
                        models.F("heartbeat_at"),
                        condition=models.Q(("status", "running")),
                        name="jobs_job_running",
                    ),
                    models.Index(
                        models.F("finished_at"),
                        condition=models.Q(("status__in", ["succeeded", "dead"])),
                        name="jobs_job_finished",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["ready", "running"]),
                            models.Q(("periodic", ""), _negated=True),
                        ),
                        fields=("periodic", "site"),
                        name="jobs_job_one_periodic_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["ready", "running", "succeeded", "dead"])
                        ),
                        name="jobs_job_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__range", (-100, 100))),
                        name="jobs_job_priority_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_attempts__gte", 1)),
                        name="jobs_job_attempts_allowed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodicRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="name")),
                ("last_enqueued_at", models.DateTimeField(null=True, verbose_name="last enqueued")),
            ],
            options={
                "verbose_name": "periodic job",
                "verbose_name_plural": "periodic jobs",
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="jobs_periodicrun_name")
                ],
            },
        ),
        migrations.RunSQL(ISOLATE, REVEAL),
    ]
