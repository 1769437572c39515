from django.urls import path

from postings import views

urlpatterns = [
    path("uploads/", views.upload_list, name="upload_list"),
    path("uploads/<int:pk>/", views.upload, name="upload"),
    path("uploads/<int:pk>/rejections.csv", views.upload_rejections, name="upload_rejections"),
    path("sources/<int:pk>/remove-sample/", views.sample_remove, name="sample_remove"),
]
