"""Every table, by subject. Import models from here."""

from voices.store.models.acts import Act
from voices.store.models.coding_work import AssignedPassage, Assignment, CodebookVersion
from voices.store.models.codings import Decision, MachinePass, Suggestion
from voices.store.models.deposits import Deposit, SourceFile
from voices.store.models.erasures import Erasure
from voices.store.models.jobs import Job
from voices.store.models.people import Grant, Link, User
from voices.store.models.places import Place
from voices.store.models.publishing import Export, Publication, Shortlist, ShortlistItem
from voices.store.models.reports import ReportVersion
from voices.store.models.searches import SavedSearch
from voices.store.models.testimonies import ConsentChange, NameChange, Passage, Testimony
from voices.store.models.themes import PassageTheme, Theme, ThemeChange, ThemeRun, UnthemedPassage
from voices.store.models.traces import Trace
from voices.store.models.visits import Visit

__all__ = [
    "Act",
    "AssignedPassage",
    "Assignment",
    "CodebookVersion",
    "ConsentChange",
    "Decision",
    "Deposit",
    "Erasure",
    "Export",
    "Grant",
    "Job",
    "Link",
    "MachinePass",
    "NameChange",
    "Passage",
    "PassageTheme",
    "Place",
    "Publication",
    "ReportVersion",
    "SavedSearch",
    "Shortlist",
    "ShortlistItem",
    "SourceFile",
    "Suggestion",
    "Testimony",
    "Theme",
    "ThemeChange",
    "ThemeRun",
    "Trace",
    "UnthemedPassage",
    "User",
    "Visit",
]
