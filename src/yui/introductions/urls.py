"""The addresses of the introductions wing, below a town."""

from django.urls import path

from yui.introductions.views import answers

app_name = "introductions"
urlpatterns = [
    path("answer/<str:token>/", answers.by_link, name="answer"),
]
