"""The words people use for kinds, languages and columns, and what the registry calls them.

All keys are folded (`motcua.text.folding.fold`): case and diacritics do not count.
"""

from __future__ import annotations

from motcua.text.folding import fold

from .models import Kind

# Types of unit as the law on the organisation of local government names them (and as units are
# registered here), with the kind each belongs to.
DIVISION_TYPES: dict[str, Kind] = {
    "huyện": Kind.DISTRICT,
    "quận": Kind.DISTRICT,
    "thị xã": Kind.DISTRICT,
    "thành phố": Kind.DISTRICT,
    "xã": Kind.COMMUNE,
    "phường": Kind.COMMUNE,
    "thị trấn": Kind.COMMUNE,
    "đặc khu": Kind.COMMUNE,
}

_OTHER_KIND_WORDS: dict[Kind, str] = {
    Kind.PROVINCE: "province|tỉnh|main portal|cổng chính|thành phố trực thuộc trung ương",
    Kind.DEPARTMENT: (
        "department|sở|ban|ngành|sở ban ngành|sở, ban, ngành|sở/ban/ngành|sở, ngành|sở ngành"
    ),
    Kind.DISTRICT: "district|city|urban district|rural district|cấp huyện|huyện, thị xã, thành phố",
    Kind.COMMUNE: "commune|ward|township|cấp xã|xã, phường, thị trấn|xã phường",
    Kind.AGENCY: (
        "agency|other agency|other|cơ quan khác|cơ quan|đơn vị|đơn vị khác|"
        "đơn vị sự nghiệp|chi cục|trung tâm|ban quản lý|khác"
    ),
}

KINDS: dict[str, Kind] = {
    **{fold(word): kind for word, kind in DIVISION_TYPES.items()},
    **{fold(word): kind for kind, words in _OTHER_KIND_WORDS.items() for word in words.split("|")},
}

_OFFICIAL_DIVISION_TYPES = {fold(word): word for word in DIVISION_TYPES}

LANGUAGES: dict[str, str] = {
    fold(word): code
    for code, words in {
        "vi": "vi|vn|vi-vn|việt|tiếng việt|vietnamese",
        "en": "en|en-gb|en-us|anh|tiếng anh|english",
    }.items()
    for word in words.split("|")
}

TRUTHS: dict[str, bool] = {
    fold(word): truth
    for truth, words in {
        True: "1|true|yes|y|on|có|x|launch|mở",
        False: "0|false|no|n|off|không|chưa",
    }.items()
    for word in words.split("|")
}

_HEADINGS = {
    "label": "label|short name|nhãn|tên ngắn|tên nhãn|tên viết tắt",
    "domain": "domain|domain name|host|tên miền",
    "name_vi": "name vi|name|vietnamese name|tên|tên tiếng việt|tên cơ quan|tên đơn vị|tên gọi",
    "name_en": "name en|english name|tên tiếng anh",
    "kind": "kind|type|loại|loại cơ quan",
    "agency_code": "agency code|code|mã định danh|mã cơ quan|mã đơn vị|mã",
    "parent": "parent|superior agency|cơ quan cấp trên|đơn vị cấp trên|cấp trên|trực thuộc",
    "division_type": "division type|type of unit|loại đơn vị hành chính|loại đơn vị|loại hình",
    "languages": "languages|language|ngôn ngữ",
    "theme": "theme|giao diện",
    "address": "address|địa chỉ",
    "phone": "phone|telephone|điện thoại|số điện thoại",
    "email": "email|e mail|e mail address|thư điện tử|địa chỉ thư điện tử|thư điện tử cơ quan",
    "admin_email": (
        "admin email|administrator's e mail|administrator e mail|email quản trị|"
        "email quản trị viên|thư điện tử quản trị|thư điện tử quản trị viên|"
        "thư điện tử của quản trị viên|thư điện tử người quản trị"
    ),
    "admin_name": (
        "admin name|administrator|quản trị viên|người quản trị|họ tên quản trị viên|"
        "họ và tên quản trị viên|tên quản trị viên"
    ),
    "launch": "launch|mở ngay|mở cho công chúng|hoạt động ngay",
}

COLUMNS: dict[str, str] = {
    fold(heading): column
    for column, headings in _HEADINGS.items()
    for heading in headings.split("|")
}


def kind_of(word: str) -> Kind | None:
    """Return the kind that a word names, in either language, or nothing."""
    return KINDS.get(fold(word))


def division_type_of(word: str) -> str:
    """Return the official spelling of a type of unit (``xa`` is ``xã``); empty for other words."""
    return _OFFICIAL_DIVISION_TYPES.get(fold(word), "")


def column_of(heading: str) -> str:
    """Return the column that a heading of a list names, in either language, or nothing."""
    return COLUMNS.get(" ".join(fold(heading).replace("_", " ").replace("-", " ").split()), "")
