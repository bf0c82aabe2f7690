"""Addresses of the visual language; they begin with ``_`` so that no town's key can collide."""

from django.urls import path

from yui.base.ui import views

app_name = "ui"
urlpatterns = [
    path("_language/", views.language, name="language"),
    path("_town/<slug:key>.css", views.town, name="town"),
    path("_gallery/", views.gallery, name="gallery"),
]
