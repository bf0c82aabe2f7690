"""Addresses of the house itself, outside any town."""

from django.urls import path

from yui.base.access.gates import public, signed_in
from yui.site.views import house

app_name = "house"
urlpatterns = [
    path("", public(house.front), name="front"),
    path("account/start/", signed_in(house.start), name="start"),
    path("_health/", public(house.health), name="health"),
    path("_demo/", public(house.demo), name="demo"),
    path("_outbox/", public(house.outbox), name="outbox"),
    path("_outbox/<str:public_id>/", public(house.outbox_message), name="outbox_message"),
    path("robots.txt", public(house.robots), name="robots"),
]
