"""The site's addresses. They are public identifiers: none of them changes, and none holds a database key."""

from __future__ import annotations

from django.urls import path

from oneplace.website.views import (
    about,
    areas,
    bodies,
    briefings,
    changes,
    compare,
    faults,
    flags,
    home,
    inspections,
    maps,
    measures,
    pictures,
    recommendations,
    releases,
    reports,
    reviews,
    stories,
    word_search,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("search/words/", word_search.words, name="words"),
    path("search/words.csv", word_search.words_csv, name="words_csv"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<slug:area_id>/", areas.area, name="area"),
    path("areas/<slug:area_id>/bodies/<slug:kind>/", bodies.bodies_in, name="bodies_in"),
    path("areas/<slug:area_id>/flags/", flags.area_flags, name="area_flags"),
    path("areas/<slug:area_id>/briefing/", briefings.area_briefing, name="area_briefing"),
    path("areas/<slug:area_id>/story/", stories.area_story, name="area_story"),
    path("areas/<slug:area_id>/story.csv", stories.area_story_csv, name="area_story_csv"),
    path("areas/<slug:area_id>/story.txt", stories.area_story_text, name="area_story_text"),
    path("areas/<slug:area_id>/story.jsonld", stories.area_story_json, name="area_story_json"),
    path("areas/<slug:area_id>/<slug:service>/", areas.area_service, name="area_service"),
    path("inspections/<slug:publisher>/<slug:body>/<slug:slug>/", inspections.inspection, name="inspection"),
    path(
        "inspections/<slug:publisher>/<slug:body>/<slug:slug>/improve/<int:ordinal>/",
        recommendations.recommendation,
        name="recommendation",
    ),
    path(
        "inspections/<slug:publisher>/<slug:body>/<slug:slug>/story/",
        stories.inspection_story,
        name="inspection_story",
    ),
    path(
        "inspections/<slug:publisher>/<slug:body>/<slug:slug>/story.csv",
        stories.inspection_story_csv,
        name="inspection_story_csv",
    ),
    path(
        "inspections/<slug:publisher>/<slug:body>/<slug:slug>/story.txt",
        stories.inspection_story_text,
        name="inspection_story_text",
    ),
    path(
        "inspections/<slug:publisher>/<slug:body>/<slug:slug>/story.jsonld",
        stories.inspection_story_json,
        name="inspection_story_json",
    ),
    path("reports/<slug:sha256>/pages/<int:number>/", reports.report_page, name="report_page"),
    path("reports/<slug:sha256>/pages/<int:number>.webp", reports.report_picture, name="report_picture"),
    path("compare/", compare.compare, name="compare"),
    path("compare.csv", compare.compare_csv, name="compare_csv"),
    path("review/annual/", reviews.annual_review, name="annual_review"),
    path("review/annual.csv", reviews.annual_review_csv, name="annual_review_csv"),
    path("review/queue/", reviews.review_queue, name="review_queue"),
    path("sources/", about.sources, name="sources"),
    path("sources/<slug:name>/", about.source, name="source"),
    path("releases/<slug:source>/<slug:sha12>/", releases.release, name="release"),
    path("releases/<slug:source>/<slug:sha12>/rows/<int:number>/", releases.row, name="release_row"),
    path("bodies/<slug:body_id>/", bodies.body, name="body"),
    path("changes/", changes.changes, name="changes"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<slug:key>/", measures.measure, name="measure"),
    path("measures/<slug:key>.csv", measures.measure_csv, name="measure_csv"),
    path("map/", maps.maps, name="maps"),
    path("map/list/", maps.map_list, name="map_list"),
    path("map/<slug:what>/", maps.one_map, name="map"),
    path("map/<slug:what>.csv", maps.map_csv, name="map_csv"),
    path("flags/", flags.flags, name="flags"),
    path("flags.csv", flags.flags_csv, name="flags_csv"),
    path("flags/rules/", flags.flag_rules, name="flag_rules"),
    path("charts/<path:name>.svg", pictures.chart_svg, name="chart_svg"),
    path("charts/<path:name>.png", pictures.chart_png, name="chart_png"),
    path("charts/<path:name>.csv", pictures.chart_csv, name="chart_csv"),
    path("embed/<path:name>/", pictures.embed, name="embed"),
    path("oembed", pictures.oembed, name="oembed"),
    path("about/", about.about, name="about"),
    path("healthz", faults.health, name="health"),
]

handler400 = "oneplace.website.views.faults.bad_request"
handler404 = "oneplace.website.views.faults.not_found"
handler500 = "oneplace.website.views.faults.failed"
