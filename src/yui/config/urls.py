"""Every address of the house, listed explicitly. Each view declares its permission, ``public`` or ``signed_in``."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yui.base.ui.urls")),
    path("account/", include("yui.base.accounts.urls")),
    path("", include("yui.site.house_urls")),
    path(
        "<slug:town>/",
        include(
            [
                path("", include("yui.site.urls")),
                path("", include("yui.base.exchange.urls")),
                path("", include("yui.people.urls")),
                path("", include("yui.people.prospects.urls")),
                path("", include("yui.activities.urls")),
                path("", include("yui.activities.assignments.urls")),
                path("", include("yui.introductions.urls")),
                path("", include("yui.office.urls")),
                path("", include("yui.office.contracts.urls")),
                path("", include("yui.office.calls.urls")),
            ]
        ),
    ),
]
handler400 = "yui.base.ui.views.bad_request"
handler403 = "yui.base.ui.views.forbidden"
handler404 = "yui.base.ui.views.not_found"
handler500 = "yui.base.ui.views.server_error"
