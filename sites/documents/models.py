"""All models of legal documents, by subject in the modules beside this one."""

from .attachments import Attachment, Preview
from .imports import DocumentImport
from .pages import DocumentsPage, LegalDocumentPage
from .relations import DocumentRelation

__all__ = [
    "Attachment",
    "DocumentImport",
    "DocumentRelation",
    "DocumentsPage",
    "LegalDocumentPage",
    "Preview",
]
