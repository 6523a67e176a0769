"""Work that a visitor should not wait for."""

from __future__ import annotations

from django_tasks import task
from wagtail.images.models import SourceImageIOError

from sites.base.models import SiteImage


@task()
def make_sizes(image_ids: list[int], sizes: list[str]) -> int:
    """Make the sizes of pictures that do not exist yet; returns how many pictures were fine.

    A damaged picture is left to the page, which shows the others.
    """
    fine = 0
    for image in SiteImage.objects.filter(pk__in=image_ids).prefetch_renditions():
        try:
            image.get_renditions(*sizes)
        except SourceImageIOError:
            continue
        fine += 1
    return fine
