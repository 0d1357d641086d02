"""Pages travel compressed; files travel as they are, with their length."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from scri.middleware import CompressTextMiddleware
from tests.factories import make_page

ASKED = RequestFactory(headers={"Accept-Encoding": "gzip, br"}).get("/")
LONG = b"words " * 500


@pytest.mark.django_db
def test_a_page_is_compressed_for_whoever_can_read_it(client, home):
    make_page(home, "Long", "/long/", body=[{"type": "text", "value": "<p>Words</p>" * 50}])
    packed = client.get("/long/", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/long/")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).decode() == plain.content.decode()
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize(
    ("answer", "encoding"),
    [
        (HttpResponse(LONG, content_type="text/css"), "gzip"),
        (HttpResponse(LONG, content_type="application/rss+xml; charset=utf-8"), "gzip"),
        (HttpResponse(LONG, content_type="image/png"), None),
        (HttpResponse(LONG, content_type="application/pdf"), None),
        (StreamingHttpResponse([LONG], content_type="text/plain"), None),
        (HttpResponse(b"few", content_type="text/html"), None),
    ],
)
def test_only_text_is_compressed(answer, encoding):
    done = CompressTextMiddleware(lambda request: answer).process_response(ASKED, answer)
    assert done.get("Content-Encoding") == encoding


def test_a_file_keeps_its_length(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(LONG)
    answer = FileResponse(file.open("rb"))
    done = CompressTextMiddleware(lambda request: answer).process_response(ASKED, answer)
    assert done["Content-Length"] == str(len(LONG))
