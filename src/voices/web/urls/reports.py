"""Addresses of the reports."""

from django.urls import URLPattern, path

from voices.web.views import reports, reports_composing, reports_files, reports_neighbours, reports_plan

urlpatterns: list[URLPattern] = [
    path("rapports/", reports.listed, name="reports"),
    path("rapports/nouveau/", reports_composing.new, name="report_new"),
    path("rapports/en-cours/<int:job_id>/", reports_composing.composing, name="report_job"),
    path("rapports/en-cours/<int:job_id>/etat/", reports_composing.state, name="report_job_state"),
    path("rapports/<int:pk>/", reports.report, name="report"),
    path("rapports/<int:pk>/page/", reports_files.page, name="report_page"),
    path("rapports/<int:pk>/pdf/", reports_files.pdf, name="report_pdf"),
    path("rapports/<int:pk>/docx/", reports_files.docx, name="report_docx"),
    path("rapports/<int:pk>/markdown/", reports_files.markdown, name="report_markdown"),
    path("rapports/<int:pk>/chiffres/", reports_files.figures, name="report_figures"),
    path("rapports/<int:pk>/archive/", reports_files.archive, name="report_archive"),
    path("rapports/<int:pk>/figer/", reports.freeze, name="report_freeze"),
    path("rapports/<int:pk>/parties/", reports_plan.plan, name="report_plan"),
    path("rapports/<int:pk>/citations/", reports_neighbours.neighbours, name="report_neighbours"),
    path("rapports/<int:pk>/recomposer/", reports.again, name="report_again"),
    path("rapports/<int:pk>/supprimer/", reports.delete, name="report_delete"),
]
