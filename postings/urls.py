from django.urls import path

from postings import copy_views, mention_views, preview_views, source_views, views

urlpatterns = [
    path("uploads/", views.upload_list, name="upload_list"),
    path("uploads/<int:pk>/", views.upload, name="upload"),
    path("uploads/<int:pk>/look/", preview_views.upload_look, name="upload_look"),
    path("uploads/<int:pk>/take/", preview_views.upload_take, name="upload_take"),
    path("uploads/<int:pk>/discard/", preview_views.upload_discard, name="upload_discard"),
    path("uploads/<int:pk>/mend/", views.upload_mend, name="upload_mend"),
    path("uploads/<int:pk>/rejections.csv", views.upload_rejections, name="upload_rejections"),
    path("postings/<int:pk>/copies/<int:other>/", copy_views.posting_copy, name="posting_copy"),
    path("postings/<int:pk>/copies/<int:other>/decide/", copy_views.posting_copy_decide, name="posting_copy_decide"),
    path("copies/", copy_views.copy_queue_page, name="copy_queue"),
    path("copies/decide/", copy_views.copy_queue_decide, name="copy_queue_decide"),
    path("copies/undo/", copy_views.copy_queue_undo, name="copy_queue_undo"),
    path("postings/<int:pk>/mentions/wrong/", mention_views.mention_wrong, name="mention_wrong"),
    path("postings/<int:pk>/mentions/right/", mention_views.mention_right, name="mention_right"),
    path("sources/<int:pk>/remove-sample/", views.sample_remove, name="sample_remove"),
    path("sources/", source_views.source_list, name="source_list"),
    path("sources/<int:pk>/", source_views.source, name="source"),
    path("sources/<int:pk>/edit/", source_views.source_edit, name="source_edit"),
    path("sources/<int:pk>/remove/", source_views.source_remove, name="source_remove"),
    path("removals/", source_views.removal_list, name="removal_list"),
]
