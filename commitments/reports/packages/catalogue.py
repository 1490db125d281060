"""The open data as a catalogue of DCAT 3 in JSON-LD, in both languages."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.errors import Text
from commitments.models import Release
from commitments.reports.packages.describing import (
    ABOUT,
    NAME,
    NO_LICENCE,
    TITLE,
    licence,
)
from commitments.reports.packages.dictionary import LANGUAGES, worded
from commitments.text.canonical import instant

Json = dict[str, Any]
WHOLE = "cam-ket.zip"
PACKAGE = "datapackage.json"

CONTEXT: Json = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE = {
    "vi": "http://publications.europa.eu/resource/authority/language/VIE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
_OFTEN = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_WORDS = (_("national missions"), _("corporate commitments"), _("open data"))
_RELEASED = _("Release {name}: the record after event {sequence}")
_API = _("The API for reading the record")


def catalogue_of(releases: Sequence[Release]) -> Json:
    """The catalogue, its one data set, the API that serves it, and every release, newest first."""
    catalogue = _at(reverse("data-catalogue"))
    return {
        "@context": CONTEXT,
        "@id": catalogue,
        "@type": "dcat:Catalog",
        "dct:title": _in_both(TITLE),
        "dct:description": _in_both(ABOUT),
        "dct:language": [{"@id": address} for address in _LANGUAGE.values()],
        "foaf:homepage": {"@id": settings.SITE_URL},
        **_publisher(),
        "dcat:dataset": _data_set(releases),
        "dcat:service": _service(),
    }


def _data_set(releases: Sequence[Release]) -> Json:
    newest = releases[0] if releases else None
    found: Json = {
        "@id": _identity(),
        "@type": "dcat:Dataset",
        "dct:identifier": NAME,
        "dct:title": _in_both(TITLE),
        "dct:description": _in_both(ABOUT),
        "dct:language": [{"@id": address} for address in _LANGUAGE.values()],
        "dct:accrualPeriodicity": {"@id": _OFTEN},
        "dcat:keyword": [said for words in _WORDS for said in _in_both(words)],
        "dcat:landingPage": {"@id": _at(f"/vi{_path('data')}")},
        **_publisher(),
        **_rights(),
    }
    if newest:
        found |= {
            "dct:modified": _instant(newest),
            "dcat:version": str(newest.sequence),
            "dcat:distribution": [
                _file(newest, said, latest=True) for said in newest.files if _is_main(said)
            ],
            "dcat:hasVersion": [_version(release) for release in releases],
        }
    return found


def _version(release: Release) -> Json:
    title = {
        language: said.format(name=release.name, sequence=release.sequence)
        for language, said in worded(_RELEASED).items()
    }
    whole = [_file(release, said) for said in release.files if said["path"] in (WHOLE, PACKAGE)]
    return {
        "@id": _at(reverse("release-file", args=[release.name, PACKAGE])) + "#dataset",
        "@type": "dcat:Dataset",
        "dct:title": [{"@value": said, "@language": name} for name, said in title.items()],
        "dct:description": _in_both(ABOUT),
        "dct:issued": _instant(release),
        "dcat:version": str(release.sequence),
        "dcat:isVersionOf": {"@id": _identity()},
        **_publisher(),
        **_rights(),
        "dcat:distribution": whole,
    }


def _is_main(said: Json) -> bool:
    """What a reader of the catalogue may want by itself."""
    path = said["path"]
    return path in (WHOLE, PACKAGE) or "rows" in said or path == "events.ndjson"


def _file(release: Release, said: Json, *, latest: bool = False) -> Json:
    """One file at its own address; as the `latest`, at the address that always leads to it."""
    path = said["path"]
    name = "latest-file" if latest else "release-file"
    url = _at(reverse(name, args=[path] if latest else [release.name, path]))
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": path,
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": _MEDIA + said["media_type"].partition(";")[0]},
        "dcat:byteSize": {"@value": str(said["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": said["sha256"], "@type": "xsd:hexBinary"},
        },
        **_rights(),
    }


def _service() -> Json:
    return {
        "@id": _at("/api/v1/"),
        "@type": "dcat:DataService",
        "dct:title": _in_both(_API),
        "dcat:endpointURL": {"@id": _at("/api/v1/")},
        "dcat:endpointDescription": {"@id": _at(reverse("api-schema"))},
        "dcat:servesDataset": {"@id": _identity()},
        **_publisher(),
    }


def _publisher() -> Json:
    """Who keeps this installation, where that is stated."""
    if not settings.OPERATOR_NAME:
        return {}
    found: Json = {"@type": "foaf:Agent", "foaf:name": settings.OPERATOR_NAME}
    if settings.OPERATOR_EMAIL:
        found["foaf:mbox"] = {"@id": f"mailto:{settings.OPERATOR_EMAIL}"}
    return {"dct:publisher": found}


def _rights() -> Json:
    declared = licence()
    if declared is None:
        words = {"@type": "dct:RightsStatement", "dct:description": _in_both(NO_LICENCE)}
        return {"dct:rights": words}
    if declared.url:
        return {"dct:license": {"@id": declared.url}}
    return {"dct:license": {"@type": "dct:LicenseDocument", "dct:title": declared.name}}


def _in_both(text: Text) -> list[Json]:
    said = worded(text)
    return [{"@value": said[language], "@language": language} for language in LANGUAGES]


def _instant(release: Release) -> Json:
    return {"@value": instant(release.made_at), "@type": "xsd:dateTime"}


def _identity() -> str:
    return _at(reverse("data-catalogue")) + "#record"


def _at(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _path(name: str) -> str:
    """The address of a page below its language."""
    return "/" + reverse(name).split("/", 2)[2]
