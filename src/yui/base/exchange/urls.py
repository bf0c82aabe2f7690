"""The addresses of imports, below a town's desk."""

from django.urls import path

from yui.base.exchange import views

app_name = "exchange"
urlpatterns = [
    path("desk/import/", views.imports, name="imports"),
    path("desk/import/<str:public_id>/", views.batch, name="batch"),
    path("desk/import/<str:public_id>/table/", views.table, name="table"),
    path("desk/import/<str:public_id>/columns/", views.columns, name="columns"),
    path("desk/import/<str:public_id>/preview/", views.preview, name="preview"),
    path("desk/import/<str:public_id>/again/", views.again, name="again"),
    path("desk/import/<str:public_id>/faults.csv", views.faults, name="faults"),
    path("desk/import/<str:public_id>/rest.csv", views.rest, name="rest"),
    path("desk/import/<str:public_id>/drop/", views.drop, name="drop"),
    path("desk/import/<str:public_id>/undo/", views.undo, name="undo"),
]
