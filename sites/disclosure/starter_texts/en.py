"""Ready texts in English; see `vi` for their sources."""

from __future__ import annotations

from typing import Any

ACCESS: list[tuple[str, Any]] = [
    ("paragraph", [
        "You have a right to know what state agencies do. Most of it is on this site; what is not, "
        "you may ask for. This page sums up how, under the Law on Access to Information No. "
        "104/2016/QH13.",
    ]),
    ("heading", "Who may ask"),
    ("paragraph", [
        [
            "Every citizen of Viet Nam, all alike.",
            "People under 18 ask through their legal representative, unless a law says otherwise. "
            "People who have lost their civil capacity act through their legal representative; "
            "people with difficulties in understanding or controlling their acts through their "
            "guardian.",
            "Citizens may ask through an organisation or company they belong to.",
            "Foreigners living in Viet Nam may ask for what directly concerns their rights and "
            "duties.",
        ],
    ]),
    ("heading", "How to ask"),
    ("paragraph", [
        [
            "At the agency's office, yourself or through somebody you authorise.",
            "By a request form sent online, by post or by fax to the address on the contact page.",
        ],
        "The forms are annexed to Decree No. 13/2018/NĐ-CP. A request is written in Vietnamese and "
        "states: your name, place of residence, the number of your identity paper and how to reach "
        "you; what you want to know, as precisely as you can; how you want to receive it; why and "
        "for what.",
        "If you cannot write it, the officer who receives you fills it in with you. If something "
        "is missing, the agency tells you what.",
    ]),
    ("heading", "How long it takes"),
    ("paragraph", [
        [
            "Asked at the office: simple information that is at hand can be read, noted or copied "
            "at once. Complex information, which has to be gathered or needs the opinion of "
            "others: at the latest 10 working days after a valid request; if necessary up to 10 "
            "working days more.",
            "Asked online: simple information at the latest after 3 working days; complex "
            "information after 15 working days, if necessary up to 15 working days more.",
            "Asked by post or fax: simple information at the latest after 5 working days; complex "
            "information after 15 working days, if necessary up to 15 working days more.",
        ],
        "An extension or a refusal is told to you in writing.",
    ]),
    ("heading", "What it costs"),
    ("paragraph", [
        "No fee, unless another law says so; you pay only what printing, copying and sending "
        "really cost.",
    ]),
    ("heading", "What is not given, or only with consent"),
    ("paragraph", [
        [
            "Not accessible: state secrets; information that would harm the interests of the "
            "State, defence, security, foreign relations, public order, public health, or the "
            "life and property of others; work secrets, internal meetings and drafts for internal "
            "use.",
            "With consent only: business secrets, if their owner agrees; private life, personal "
            "and family secrets, if the person or the members of the family agree.",
        ],
    ]),
    ("heading", "When an agency may refuse"),
    ("paragraph", [
        [
            "The information is not accessible, or its conditions are not met.",
            "It has been made public already, or it is not for this agency to give.",
            "It has been given to you twice, and there is no good reason to ask again.",
            "The request is beyond what the agency can do, or hinders its normal work.",
            "You do not pay the real costs.",
        ],
        "A refusal states its reasons. If you do not agree, you may complain, go to court or "
        "denounce a wrong as the law provides.",
    ]),
    ("callout", (
        "note", "This is a summary",
        "It does not take the place of the law. Rules can change; where this page differs, the "
        "text in force decides.",
    )),
]  # fmt: skip

QUESTIONS: list[tuple[str, list[Any]]] = [
    ("Do I have to type Vietnamese diacritics when I search?", [
        "No. “dat dai” finds “đất đai”. If you do type them, pages written just so come first.",
    ]),
    ("How do I find a document by its number?", [
        "Type the number into the search box, in capitals or not, with diacritics or without: "
        "1507/QĐ-UBND, 1507/qd-ubnd or only 1507.",
    ]),
    ("How do I make the letters larger or the background darker?", [
        "Choose “Accessibility” at the top of the page: three sizes, a light or a dark background, "
        "underlined links. Your choice stays in your browser only.",
    ]),
    ("Can I use this site with a keyboard alone?", [
        "Yes. Tab goes to the next item, Shift and Tab back, Enter opens. The first link of each "
        "page takes you straight to the main content.",
    ]),
    ("How do I hear of news without looking every day?", [
        "By RSS: copy the address of the site's feed into a feed reader. You need not register nor "
        "give an e-mail address.",
    ]),
    ("How do I print a page?", [
        "With the button “Print this page” at its foot, or your browser's print function. The "
        "paper has no menus, but the agency's name, the page's address and the date. For a PDF "
        "file, choose “Save as PDF” instead of a printer.",
    ]),
    ("Is there more in Vietnamese?", [
        "Yes, choose “Tiếng Việt” at the top of the page. Where a page has no translation, you see "
        "the Vietnamese one.",
    ]),
    ("I have a question or found a mistake on the site. Whom do I tell?", [
        "The contact page has address, telephone, e-mail, working hours and the person responsible "
        "for the content. Please name the address of the page you mean.",
    ]),
    ("How do I know that this site really belongs to a state agency?", [
        "At the foot of every page stand the agency and the responsible person. The province's "
        "main portal lists all agencies with their addresses; start there if you are not sure.",
    ]),
    ("May I use the information and data again?", [
        "Please name the source and the date. Each dataset states its own licence.",
    ]),
]  # fmt: skip

# Term, Vietnamese word, meaning.
TERMS: list[tuple[str, str, str]] = [
    ("Abstract", "trích yếu", "The short sentence that says what a document is about."),
    ("Administrative procedure", "thủ tục hành chính", "The steps, papers and conditions that the "
     "competent agency lays down for settling one matter of a citizen or an organisation."),
    ("Agency code", "mã định danh", "The code of each agency, used when documents and dossiers are "
     "sent electronically."),
    ("Commune", "xã", "The lowest administrative unit in the countryside; in towns it is a ward "
     "(phường)."),
    ("Department", "sở", "An agency under the provincial People's Committee that helps to govern "
     "one field or a few."),
    ("Document number", "số ký hiệu", "A document's running number and signs: 1507/QĐ-UBND is "
     "number 1507, a decision of the People's Committee."),
    ("Dossier", "hồ sơ", "All papers handed in for one procedure; each has a code by which it can "
     "be followed."),
    ("Draft consultation", "góp ý dự thảo", "What citizens and organisations say about a document "
     "while it is being written."),
    ("Editor", "biên tập viên", "A person who writes, corrects and prepares what is published."),
    ("Editorial board", "ban biên tập", "Those who approve what goes online and answer for it."),
    ("Feedback", "phản ánh, kiến nghị", "What citizens tell an agency about something that is not "
     "right, or a rule that makes no sense, with a proposal if they have one."),
    ("Field", "lĩnh vực", "The area of government that a procedure, document or project belongs "
     "to: land, health, education."),
    ("Fully online", "toàn trình", "Said of a service that can be done online from filing to "
     "result; otherwise it is partly online (một phần)."),
    ("Legal document", "văn bản", "A document issued by a competent agency, such as a decision, "
     "a directive or a plan."),
    ("Member site", "cổng thành phần", "The site of a department, district or commune within the "
     "province's portal."),
    ("One-stop desk", "một cửa", "The one place where citizens hand in papers and receive "
     "results."),
    ("Online public service", "dịch vụ công trực tuyến", "A procedure that citizens and businesses "
     "can carry out online."),
    ("People's Committee", "UBND", "The local administrative authority, elected by the People's "
     "Council of the same level."),
    ("Poll", "thăm dò ý kiến", "A short question with ready answers to choose from."),
    ("Questions and answers", "hỏi đáp", "Where citizens ask and the agency answers in public."),
]  # fmt: skip
