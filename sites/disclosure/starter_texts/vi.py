"""Ready texts in Vietnamese.

ACCESS explains law 104/2016/QH13 (in force since 1 July 2018): articles 4 to 7, 12, 14, 24, 28 to
31 and 36; decree 13/2018/NĐ-CP for the forms.
"""

from __future__ import annotations

from typing import Any

ACCESS: list[tuple[str, Any]] = [
    ("paragraph", [
        "Bạn có quyền biết những gì cơ quan nhà nước làm. Phần lớn thông tin đã có sẵn trên trang "
        "này; thông tin chưa có, bạn có thể yêu cầu cơ quan cung cấp. Trang này tóm tắt cách làm "
        "theo Luật Tiếp cận thông tin số 104/2016/QH13.",
    ]),
    ("heading", "Ai có quyền yêu cầu"),
    ("paragraph", [
        [
            "Mọi công dân Việt Nam đều có quyền như nhau.",
            "Người dưới 18 tuổi yêu cầu thông qua người đại diện theo pháp luật, trừ trường hợp "
            "luật có quy định khác. Người mất năng lực hành vi dân sự thực hiện quyền qua người "
            "đại diện theo pháp luật; người khó khăn trong nhận thức, làm chủ hành vi qua người "
            "giám hộ.",
            "Công dân có thể yêu cầu thông qua tổ chức, đoàn thể, doanh nghiệp mà mình là thành "
            "viên.",
            "Người nước ngoài cư trú tại Việt Nam có thể yêu cầu những thông tin liên quan trực "
            "tiếp đến quyền và nghĩa vụ của mình.",
        ],
    ]),
    ("heading", "Cách gửi yêu cầu"),
    ("paragraph", [
        [
            "Đến trụ sở cơ quan, tự mình hoặc ủy quyền cho người khác.",
            "Gửi phiếu yêu cầu qua mạng, qua bưu chính hoặc fax đến địa chỉ ở trang Liên hệ.",
        ],
        "Mẫu phiếu ban hành kèm theo Nghị định số 13/2018/NĐ-CP. Phiếu viết bằng tiếng Việt và "
        "ghi: họ tên, nơi cư trú, số giấy tờ tùy thân, cách liên lạc; thông tin bạn cần, càng cụ "
        "thể càng tốt; bạn muốn nhận bằng cách nào; lý do, mục đích yêu cầu.",
        "Nếu bạn không viết được phiếu, cán bộ tiếp nhận giúp bạn điền. Thiếu nội dung nào, cơ "
        "quan hướng dẫn bạn bổ sung.",
    ]),
    ("heading", "Bao lâu thì có"),
    ("paragraph", [
        [
            "Yêu cầu tại trụ sở: thông tin đơn giản, có sẵn được xem, ghi chép, sao chụp ngay. "
            "Thông tin phức tạp, phải tập hợp hoặc hỏi ý kiến đơn vị khác: chậm nhất 10 ngày làm "
            "việc kể từ ngày nhận yêu cầu hợp lệ; khi cần có thể gia hạn thêm, tối đa 10 ngày làm "
            "việc.",
            "Yêu cầu qua mạng: thông tin đơn giản, có sẵn chậm nhất 3 ngày làm việc; thông tin "
            "phức tạp chậm nhất 15 ngày làm việc, có thể gia hạn thêm tối đa 15 ngày làm việc.",
            "Yêu cầu qua bưu chính, fax: thông tin đơn giản, có sẵn chậm nhất 5 ngày làm việc; "
            "thông tin phức tạp chậm nhất 15 ngày làm việc, có thể gia hạn thêm tối đa 15 ngày làm "
            "việc.",
        ],
        "Khi gia hạn hoặc từ chối, cơ quan phải thông báo cho bạn bằng văn bản.",
    ]),
    ("heading", "Chi phí"),
    ("paragraph", [
        "Bạn không phải trả phí, lệ phí, trừ trường hợp luật khác có quy định; chỉ trả chi phí "
        "thực tế để in, sao, chụp và gửi thông tin.",
    ]),
    ("heading", "Thông tin không được cung cấp hoặc có điều kiện"),
    ("paragraph", [
        [
            "Không được tiếp cận: bí mật nhà nước; thông tin mà việc để lộ gây nguy hại đến lợi "
            "ích của Nhà nước, quốc phòng, an ninh, quan hệ quốc tế, trật tự xã hội, sức khỏe "
            "cộng đồng hoặc đến tính mạng, tài sản của người khác; bí mật công tác, thông tin về "
            "cuộc họp nội bộ và tài liệu soạn thảo cho công việc nội bộ.",
            "Cần được đồng ý: bí mật kinh doanh, khi chủ sở hữu đồng ý; đời sống riêng tư, bí mật "
            "cá nhân và bí mật gia đình, khi người đó hoặc các thành viên gia đình đồng ý.",
        ],
    ]),
    ("heading", "Khi nào cơ quan được từ chối"),
    ("paragraph", [
        [
            "Thông tin thuộc loại không được tiếp cận, hoặc chưa đủ điều kiện để tiếp cận.",
            "Thông tin đã được công khai, hoặc không thuộc trách nhiệm cung cấp của cơ quan.",
            "Thông tin đã cung cấp hai lần cho chính bạn mà không có lý do chính đáng để yêu cầu "
            "lại.",
            "Yêu cầu vượt quá khả năng đáp ứng hoặc ảnh hưởng đến hoạt động bình thường của cơ "
            "quan.",
            "Bạn không thanh toán chi phí thực tế.",
        ],
        "Văn bản từ chối phải nêu rõ lý do. Nếu không đồng ý, bạn có quyền khiếu nại, khởi kiện "
        "hoặc tố cáo theo quy định của pháp luật.",
    ]),
    ("callout", (
        "note", "Đây là bản tóm tắt",
        "Trang này không thay cho văn bản luật. Quy định có thể được sửa đổi; khi có khác biệt, "
        "văn bản đang có hiệu lực là căn cứ.",
    )),
]  # fmt: skip

QUESTIONS: list[tuple[str, list[Any]]] = [
    ("Tôi có phải gõ dấu khi tìm kiếm không?", [
        "Không. Gõ “dat dai” cũng tìm được “đất đai”. Nếu bạn gõ đủ dấu, những trang viết đúng như "
        "vậy được xếp lên trước.",
    ]),
    ("Tìm một văn bản theo số ký hiệu thế nào?", [
        "Gõ số ký hiệu vào ô tìm kiếm, chữ hoa hay chữ thường, có dấu hay không dấu đều được: "
        "1507/QĐ-UBND, 1507/qd-ubnd hoặc chỉ 1507.",
    ]),
    ("Làm sao để chữ to hơn hoặc nền tối hơn?", [
        "Chọn “Trợ năng” ở đầu trang: có ba cỡ chữ, nền sáng hoặc tối, và gạch chân mọi liên kết. "
        "Lựa chọn chỉ lưu trong trình duyệt của bạn.",
    ]),
    ("Có dùng trang này chỉ bằng bàn phím được không?", [
        "Được. Phím Tab đi đến mục tiếp theo, Shift và Tab trở lại, Enter để mở. Liên kết đầu tiên "
        "của mỗi trang đưa bạn thẳng đến nội dung chính.",
    ]),
    ("Làm sao để biết có tin mới mà không phải vào xem mỗi ngày?", [
        "Theo dõi bằng RSS: sao chép địa chỉ kênh tin của trang vào một trình đọc tin. Bạn không "
        "phải đăng ký và không phải cho biết địa chỉ thư điện tử.",
    ]),
    ("Làm sao để in một trang?", [
        "Dùng nút “In trang này” ở cuối trang hoặc chức năng in của trình duyệt. Bản in bỏ trình "
        "đơn, có tên cơ quan, địa chỉ trang và ngày in. Muốn có tệp PDF, chọn “Lưu dưới dạng PDF” "
        "thay cho máy in.",
    ]),
    ("Trang này có bản tiếng Anh không?", [
        "Có, chọn “English” ở đầu trang. Trang nào chưa được dịch, bạn vẫn thấy bản tiếng Việt.",
    ]),
    ("Tôi muốn hỏi hoặc báo một lỗi trên trang, liên hệ ai?", [
        "Trang Liên hệ ghi địa chỉ, điện thoại, thư điện tử, giờ làm việc và người chịu trách "
        "nhiệm về nội dung. Khi báo lỗi, hãy cho biết địa chỉ của trang.",
    ]),
    ("Làm sao để biết trang này đúng là của cơ quan nhà nước?", [
        "Cuối mỗi trang có tên cơ quan chủ quản và người chịu trách nhiệm. Cổng chính của tỉnh có "
        "danh sách mọi cơ quan và địa chỉ trang của từng cơ quan; hãy đi từ đó nếu bạn không chắc.",
    ]),
    ("Tôi có được dùng lại thông tin và số liệu ở đây không?", [
        "Khi dùng lại, hãy ghi rõ nguồn và ngày. Mỗi bộ dữ liệu có ghi giấy phép sử dụng của nó.",
    ]),
]  # fmt: skip

# Term, abbreviation, meaning.
TERMS: list[tuple[str, str, str]] = [
    ("Ban Biên tập", "", "Những người duyệt nội dung trước khi đăng lên cổng và chịu trách nhiệm "
     "về nội dung đó."),
    ("Biên tập viên", "", "Người soạn, sửa và chuẩn bị bài viết để đăng."),
    ("Cổng thành phần", "", "Trang thông tin của một sở, ban, ngành, huyện hoặc xã, nằm trong hệ "
     "thống cổng của tỉnh."),
    ("Dịch vụ công trực tuyến", "DVCTT", "Thủ tục hành chính mà người dân, doanh nghiệp thực hiện "
     "được qua mạng."),
    ("Toàn trình", "", "Dịch vụ công trực tuyến làm được trọn vẹn qua mạng, từ nộp hồ sơ đến nhận "
     "kết quả; nếu không thì gọi là một phần."),
    ("Góp ý dự thảo", "", "Ý kiến của người dân, tổ chức về một văn bản đang được soạn, trước khi "
     "văn bản đó được ban hành."),
    ("Hỏi đáp", "", "Nơi người dân đặt câu hỏi và cơ quan trả lời công khai."),
    ("Hồ sơ", "", "Toàn bộ giấy tờ nộp để giải quyết một thủ tục; mỗi hồ sơ có một mã để tra cứu."),
    ("Lĩnh vực", "", "Mảng quản lý nhà nước mà một thủ tục, văn bản hoặc dự án thuộc về, như đất "
     "đai, y tế, giáo dục."),
    ("Mã định danh", "", "Mã riêng của mỗi cơ quan, dùng khi gửi và nhận văn bản, hồ sơ điện tử."),
    ("Một cửa", "", "Cách giải quyết thủ tục hành chính trong đó người dân nộp hồ sơ và nhận kết "
     "quả tại một nơi."),
    ("Phản ánh, kiến nghị", "", "Điều người dân cho cơ quan biết về một việc chưa tốt hoặc một quy "
     "định chưa hợp lý, kèm đề nghị nếu có."),
    ("Phường", "", "Đơn vị hành chính cấp xã ở đô thị."),
    ("Sở", "", "Cơ quan chuyên môn thuộc Ủy ban nhân dân cấp tỉnh, giúp quản lý một hoặc vài lĩnh "
     "vực."),
    ("Số ký hiệu", "", "Số thứ tự và ký hiệu của một văn bản, chẳng hạn 1507/QĐ-UBND: số 1507, "
     "quyết định của Ủy ban nhân dân."),
    ("Thăm dò ý kiến", "", "Câu hỏi ngắn có sẵn các lựa chọn để người xem trả lời."),
    ("Thủ tục hành chính", "TTHC", "Trình tự, cách thực hiện, hồ sơ và yêu cầu do cơ quan có thẩm "
     "quyền quy định để giải quyết một việc cụ thể của người dân, tổ chức."),
    ("Trích yếu", "", "Câu ngắn nêu nội dung chính của một văn bản."),
    ("Ủy ban nhân dân", "UBND", "Cơ quan hành chính nhà nước ở địa phương, do Hội đồng nhân dân "
     "cùng cấp bầu ra."),
    ("Văn bản quy phạm pháp luật", "VBQPPL", "Văn bản chứa quy tắc xử sự chung, do cơ quan có thẩm "
     "quyền ban hành theo trình tự luật định và được bảo đảm thực hiện."),
    ("Xã", "", "Đơn vị hành chính cấp xã ở nông thôn."),
]  # fmt: skip
