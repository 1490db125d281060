"""The mailbox of the demonstration: readable, harmless, and nowhere else."""

import os
import re

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

MAILBOX = "/demo/mail/"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return settings


def message(number=1, text="Test text", html="<p>Test <b>layout</b></p>"):
    mail = EmailMultiAlternatives(
        subject=f"Thư thử {number}",
        body=text,
        to=[f"test{number}@example.org"],
        headers={"Content-Language": "vi", "Date": "Mon, 08 Jun 2026 08:30:00 +0700"},
    )
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def send(folder, at, *messages):
    """Mails of one connection stand in one file, named and dated here to tell them apart."""
    get_connection().send_messages(messages)
    (written,) = (name for name in os.listdir(folder) if not name.startswith("test-"))
    name = f"test-{at}"
    os.rename(os.path.join(folder, written), os.path.join(folder, f"{name}.log"))
    os.utime(os.path.join(folder, f"{name}.log"), (at, at))
    return name


def subjects(response):
    return re.findall(r'<h2 class="card__title">(.*?)</h2>', response.text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"DEMO": False},
        {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
        {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
    ],
)
def test_the_mailbox_is_only_there_in_a_demonstration_with_mail_in_files(demo, client, change):
    name = send(demo.EMAIL_FILE_PATH, 1, message())
    for setting, value in change.items():
        setattr(demo, setting, value)

    page = reverse("demo-mail-page", args=[name, 0])
    assert [client.get(address).status_code for address in (MAILBOX, page)] == [404, 404]
    assert client.post(MAILBOX).status_code == 404


def test_the_mailbox_without_mail_says_so(demo, client):
    response = client.get(MAILBOX, headers={"accept-language": "en"})

    assert response.status_code == 200
    assert "There is no mail yet" in response.text


def test_the_mailbox_shows_the_newest_first_and_all_of_a_file(demo, client):
    folder = demo.EMAIL_FILE_PATH
    send(folder, 2, message(2), message(3))
    send(folder, 9, message(4))
    send(folder, 1, message(1))

    response = client.get(MAILBOX)

    assert subjects(response) == ["Thư thử 4", "Thư thử 3", "Thư thử 2", "Thư thử 1"]
    assert 'lang="vi"' in response.text
    assert "test4@example.org" in response.text
    assert "08:30" in response.text


def test_the_mailbox_shows_fifty_mails_at_most(demo, client):
    send(demo.EMAIL_FILE_PATH, 1, *(message(number) for number in range(60)))

    found = subjects(client.get(MAILBOX))

    assert found == [f"Thư thử {number}" for number in range(59, 9, -1)]


def test_the_mailbox_shows_text_as_text_with_its_links(demo, client):
    text = "Đọc <script>alert(1)</script>\nhttps://cam-ket.example.org/vi/staff/"
    send(demo.EMAIL_FILE_PATH, 1, message(text=text, html=""))

    response = client.get(MAILBOX)

    assert "Đọc &lt;script&gt;alert(1)&lt;/script&gt;\n" in response.text
    assert '<a href="https://cam-ket.example.org/vi/staff/"' in response.text
    assert "<iframe" not in response.text


def test_the_mailbox_shows_the_layout_in_a_sandbox(demo, client):
    name = send(demo.EMAIL_FILE_PATH, 1, message())

    response = client.get(MAILBOX)

    (frame,) = re.findall(r"<iframe[^>]*>", response.text)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame
    assert f'src="/demo/mail/{name}/0/"' in frame
    assert "frame-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_layout_runs_and_loads_nothing(demo, client):
    name = send(demo.EMAIL_FILE_PATH, 1, message(1), message(2, html="<p>Test two</p>"))

    response = client.get(f"/demo/mail/{name}/1/")

    assert response.text.strip() == "<p>Test two</p>"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    said = {part.strip() for part in response.headers["Content-Security-Policy"].split(";")}
    assert said == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    }


@pytest.mark.parametrize("name", ["nothing", "..", "..%2f..%2fsettings", "%2e%2e%2fmail"])
def test_what_is_not_a_mail_is_not_found(demo, client, name):
    send(demo.EMAIL_FILE_PATH, 1, message())

    assert client.get(f"/demo/mail/{name}/0/").status_code == 404


def test_a_mail_without_layout_or_of_another_number_is_not_found(demo, client):
    name = send(demo.EMAIL_FILE_PATH, 1, message(html=""))

    found = [client.get(f"/demo/mail/{name}/{number}/").status_code for number in (0, 1, 99)]

    assert found == [404, 404, 404]


def test_the_mailbox_cannot_be_written_to(demo, client):
    assert client.post(MAILBOX).status_code == 405
