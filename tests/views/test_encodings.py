"""Forms come in UTF-8: other encodings could bring letters that nothing can store."""

import pytest

FORM = '--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nTest \\ud800\r\n--x--\r\n'
KINDS = ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["/en/staff/log-in/", "/en/commitments/", "/admin/login/"])
@pytest.mark.parametrize("encoding", ["unicode_escape", "hex", "idna", "zlib", "utf-7", "latin-1"])
def test_other_encodings_are_refused(encoding, path, kind, db, client):
    answer = client.generic("POST", path, FORM, content_type=f"{kind}; charset={encoding}")

    assert answer.status_code == 400


@pytest.mark.parametrize("encoding", ["", "; charset=utf-8", "; charset=UTF-8", "; charset=x-none"])
def test_utf8_and_encodings_that_nobody_knows_are_read(encoding, db, client):
    answer = client.generic("POST", "/en/staff/log-in/", FORM, content_type=KINDS[0] + encoding)

    assert answer.status_code == 422
    assert "Test \\ud800" in answer.content.decode()
