"""One mail that says everything, word for word in both languages."""

import pytest
from django.utils import translation

from commitments.emails.digest import build_digest
from commitments.models import Topic
from tests.emails.rich import rich

pytestmark = pytest.mark.usefixtures("addresses")


def topics(language):
    """The names of what may be muted, as the account page has them too."""
    with translation.override(language):
        named = (Topic.DUE_SOON, Topic.REVIEW, Topic.CHANGES)
        return "\n".join(f"- {topic.label}" for topic in named)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_whole_mail(language):
    message = build_digest(rich(language))

    subject, body = GOLDEN[language]
    assert message.subject == subject
    assert message.body == body.replace("[topics]", topics(language))


ENGLISH = """\
Dear Alice,

This is what waits for you now, the most urgent first.

- 1 update late, due 15 June 2026
- 1 date past due: Q2 2026
- 1 commitment that nobody reports on, since 15 June 2026
- 1 address not reached, since 9 June 2026
- 1 update returned to you, since 19 June 2026
- 1 update to write, due 15 July 2026
- 1 date coming up: 2026
- 1 update to review, since 18 June 2026
- 1 change to decide, since 11 June 2026
- 1 source to check, since 17 June 2026

------------------------
CPT26-001 Test pledge: plant a million trees
Test firm

* Update for May 2026: it was due by 15 June 2026 and is 6 working days late.
  Reminded before: Test Reporter (reporter) on 16 June 2026; Test Gone on 16 June 2026
  Reminded today as well: Test Approver (approver); Test Somebody

* Update for June 2026: due by 15 July 2026.

* Milestone “Test milestone”. Due in 2026, which ends in 191 days.

Write the update:
https://cam-ket.example.org/en/staff/commitments/test-pledge/updates/add/
Ask for another date of milestone 2:
https://cam-ket.example.org/en/staff/commitments/test-pledge/changes/add/?about=date_moved%3Amilestone%2F2

* Your update as of 31 May 2026 was returned to you by Test Reviewer on 19 June 2026. 2 fields have comments of their own, which you see in the form.
  “Please say how many trees.”

Revise the update:
https://cam-ket.example.org/en/staff/updates/8/edit/

* The source “Bài báo thử nghiệm” cannot be opened any more, as was confirmed on 17 June 2026. Evidence of this commitment rests on it.
  “Page not found”

Correct the update:
https://cam-ket.example.org/en/staff/commitments/test-pledge/updates/add/

------------------------
GTT26-002 Nhiệm vụ thử

* It was due in Q2 2026 and is 1 day past due.
  Reminded before: Test Reporter (reporter) on 16 June 2026; Test Gone on 16 June 2026
  Reminded today as well: Test Approver (approver); Test Somebody

You are told as delivery-unit officer. See the commitment:
https://cam-ket.example.org/en/staff/commitments/test-task/

* Updates are asked of this commitment, and since 15 June 2026 nobody is in charge of reporting on it.
  Reminded before: Test Reporter (reporter) on 16 June 2026; Test Gone on 16 June 2026
  Reminded today as well: Test Approver (approver); Test Somebody

Assign somebody:
https://cam-ket.example.org/en/staff/commitments/test-task/assignments/add/

* Update as of 31 May 2026, by Test Author, Test body. It has been waiting for you since 18 June 2026, 2 working days.

Review the update:
https://cam-ket.example.org/en/staff/updates/7/

* Due date moved: Test Author asked for it on 11 June 2026, 7 working days ago.

Decide on the request:
https://cam-ket.example.org/en/staff/changes/9/

------------------------
Test Gone

* Mail to gone@example.org failed 3 times. It failed first on 9 June 2026 and last on 19 June 2026.

You are told as delivery-unit officer. See the person's page:
https://cam-ket.example.org/en/staff/people/12/

------------------------
The links open after you log in. Opening them changes nothing.

Do you need help, or is this not yours? Reply to this mail or write to:
Erin, Test unit: erin@example.org

Why this mail comes to you:
- You report on a commitment that is named here.
- You wrote the update that was returned.
- A date of a commitment that you look after has passed.
- You may give the charge of reporting to somebody.
- You may take the next step of an update that waits.
- You may decide a change of plan that was asked for.
- You can reach this person in another way, and have the address corrected.

This mail goes out at most once on a working day, and only while something is owed.

You may mute reminders of this sort, which are in this mail:
[topics]
Everything else is always said: what is due, late, returned or broken is a duty to the public record.

Language, hour of the mail, what is muted, and your days as a calendar of your own:
https://cam-ket.example.org/en/staff/account/
Mute what may be muted, without logging in:
https://cam-ket.example.org/mail/mute/1.test/

Cam Kết · https://cam-ket.example.org/en/
"""

VIETNAMESE = """\
Kính gửi Alice,

Sau đây là những việc đang chờ ông/bà, việc gấp nhất nêu trước.

- 1 bản cập nhật đã chậm, hạn 15/6/2026
- 1 thời hạn đã quá: quý II/2026
- 1 cam kết không có người báo cáo, từ 15/6/2026
- 1 địa chỉ không nhận được thư, từ 9/6/2026
- 1 bản cập nhật bị trả lại, từ 19/6/2026
- 1 bản cập nhật phải nộp, hạn 15/7/2026
- 1 thời hạn sắp đến: năm 2026
- 1 bản cập nhật chờ xem xét, từ 18/6/2026
- 1 đề nghị chờ quyết định, từ 11/6/2026
- 1 nguồn cần kiểm tra, từ 17/6/2026

------------------------
CPT26-001 Cam kết thử: trồng một triệu cây
Doanh nghiệp thử

* Bản cập nhật tháng 5/2026: hạn 15/6/2026, đã chậm 6 ngày làm việc.
  Đã nhắc trước đó: Test Reporter (người báo cáo), ngày 16/6/2026; Test Gone, ngày 16/6/2026
  Hôm nay cũng nhắc: Test Approver (người duyệt); Test Somebody

* Bản cập nhật tháng 6/2026: hạn 15/7/2026.

* Mốc “Test milestone”. Hạn năm 2026, còn 191 ngày là hết thời hạn này.

Viết bản cập nhật:
https://cam-ket.example.org/vi/staff/commitments/test-pledge/updates/add/
Đề nghị đổi hạn của mốc 2:
https://cam-ket.example.org/vi/staff/commitments/test-pledge/changes/add/?about=date_moved%3Amilestone%2F2

* Bản cập nhật của ông/bà tính đến 31/5/2026 đã được Test Reviewer trả lại ngày 19/6/2026. Có 2 mục có ý kiến riêng, xem trong biểu mẫu.
  “Please say how many trees.”

Sửa bản cập nhật:
https://cam-ket.example.org/vi/staff/updates/8/edit/

* Nguồn “Bài báo thử nghiệm” không còn mở được, theo xác nhận ngày 17/6/2026. Minh chứng của cam kết này dựa vào nguồn đó.
  “Page not found”

Đính chính bản cập nhật:
https://cam-ket.example.org/vi/staff/commitments/test-pledge/updates/add/

------------------------
GTT26-002 Nhiệm vụ thử

* Hạn quý II/2026, đã quá hạn 1 ngày.
  Đã nhắc trước đó: Test Reporter (người báo cáo), ngày 16/6/2026; Test Gone, ngày 16/6/2026
  Hôm nay cũng nhắc: Test Approver (người duyệt); Test Somebody

Ông/bà nhận thông tin này với vai trò cán bộ điều phối. Xem cam kết:
https://cam-ket.example.org/vi/staff/commitments/test-task/

* Cam kết này phải có bản cập nhật, nhưng từ 15/6/2026 không có ai phụ trách báo cáo.
  Đã nhắc trước đó: Test Reporter (người báo cáo), ngày 16/6/2026; Test Gone, ngày 16/6/2026
  Hôm nay cũng nhắc: Test Approver (người duyệt); Test Somebody

Phân công:
https://cam-ket.example.org/vi/staff/commitments/test-task/assignments/add/

* Bản cập nhật tính đến 31/5/2026, do Test Author lập, Đơn vị thử. Bản này chờ ông/bà từ 18/6/2026, đã 2 ngày làm việc.

Xem xét bản cập nhật:
https://cam-ket.example.org/vi/staff/updates/7/

* Dời hạn: Test Author đề nghị ngày 11/6/2026, cách đây 7 ngày làm việc.

Quyết định về đề nghị:
https://cam-ket.example.org/vi/staff/changes/9/

------------------------
Test Gone

* Thư gửi đến gone@example.org đã không tới 3 lần. Lần đầu ngày 9/6/2026, lần gần nhất ngày 19/6/2026.

Ông/bà nhận thông tin này với vai trò cán bộ điều phối. Xem trang của người này:
https://cam-ket.example.org/vi/staff/people/12/

------------------------
Cần đăng nhập để mở các liên kết. Việc mở liên kết không làm thay đổi dữ liệu.

Nếu cần hỗ trợ hoặc việc này không thuộc trách nhiệm của ông/bà, vui lòng trả lời thư này hoặc viết cho:
Erin, Đơn vị thử: erin@example.org

Vì sao ông/bà nhận thư này:
- Ông/bà báo cáo về cam kết nêu trong thư.
- Ông/bà là người viết bản cập nhật bị trả lại.
- Một thời hạn của cam kết do ông/bà theo dõi đã qua.
- Ông/bà có quyền phân công người báo cáo.
- Ông/bà có thể thực hiện bước tiếp theo đối với bản cập nhật đang chờ.
- Ông/bà có quyền quyết định về đề nghị thay đổi đã gửi.
- Ông/bà có thể liên hệ với người này bằng cách khác và đề nghị sửa địa chỉ.

Thư này được gửi nhiều nhất một lần mỗi ngày làm việc và chỉ khi còn việc phải báo cáo.

Trong thư này, ông/bà có thể tắt các loại lời nhắc sau:
[topics]
Các lời nhắc khác luôn được gửi: việc đến hạn, đã chậm, bị trả lại hoặc bị hỏng là trách nhiệm đối với hồ sơ công khai.

Ngôn ngữ, giờ nhận thư, lời nhắc đã tắt và lịch riêng của ông/bà:
https://cam-ket.example.org/vi/staff/account/
Tắt các lời nhắc được phép tắt, không cần đăng nhập:
https://cam-ket.example.org/mail/mute/1.test/

Cam Kết · https://cam-ket.example.org/vi/
"""

GOLDEN = {
    "en": ("1 update late, due 15 June 2026; 1 date past due: Q2 2026; 8 more · Cam Kết", ENGLISH),
    "vi": (
        "1 bản cập nhật đã chậm; 1 thời hạn đã quá: quý II/2026; 8 việc khác · Cam Kết",
        VIETNAMESE,
    ),
}
