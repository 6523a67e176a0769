"""A list with every oddity that published lists have."""

from __future__ import annotations

COLUMNS = "number,title,type,issuer,signer,issue_date,effective_date,status,source,url"
# Each oddity that published lists have, one line each.
ODD = [
    (
        "12/QĐ-UBND,Sound,Quyết định,UBND tỉnh,Lê A,2021-07-14,2021-08-01,Còn hiệu lực,nguồn,"
        "https://a.example/1",
        [],
    ),
    (",No number,Quyết định,UBND tỉnh,,2021-07-14,,,,", ["missing-number"]),
    ("13/QĐ-UBND,,Quyết định,UBND tỉnh,,2021-07-14,,,,", ["missing-title"]),
    ("14/QĐ-UBND,No type,,UBND tỉnh,,2021-07-14,,,,", ["missing-type"]),
    ("15/QĐ-UBND,Neither,Quyết định,,,,,,,", ["missing-issuer", "missing-issue_date"]),
    ("16/QĐ-UBND,Day,Quyết định,UBND tỉnh,,31/02/2021,,,,", ["bad_date-issue_date"]),
    ("17/QĐ-UBND,Partly,Quyết định,UBND tỉnh,,14/7/2021,,Còn hiệu lực một phần,,", []),
    ("18/QĐ-UBND,Status,Quyết định,UBND tỉnh,,14/7/2021,,Treo,,", ["unknown_status"]),
    ("19/XX-UBND,Type,Sắc chỉ,UBND tỉnh,,14/7/2021,,,,", ["unknown_type"]),
    ("20/QĐ-UBND,Giao cho ủy ban nhân dân xã,Quyết định,UBND tỉnh,,14/7/2021,,,,",
     ["lost_capitals"]),
    ("21/QD-UBND,Without D,Quyết định,UBND tỉnh,,14/7/2021,,,,", ["number_without_d"]),
    ("khong so,Words,Quyết định,UBND tỉnh,,14/7/2021,,,,", ["unlike_number"]),
    ("22/2020/QĐ-UBND,Year,Quyết định,UBND tỉnh,,14/7/2021,,,,", ["other_year"]),
    ("23/QĐ-UBND,Backwards,Quyết định,UBND tỉnh,,14/7/2021,1/1/2021,,,", ["before_issue"]),
    ("24/QĐ-UBND,Address,Quyết định,UBND tỉnh,,14/7/2021,,,,javascript:alert(1)", ["bad_url"]),
    ("9/CT-UBND,Nhà trọ,Chỉ thị,UBND tỉnh,,28/3/2018,,,,", []),
    ("09/CT-UBND,Nhà trò,Chỉ thị,ubnd tỉnh,,2018-03-28,,,,", ["same_number"]),
    ("9/CT-UBND,Nhà trọ,Chỉ thị,UBND tỉnh,,28.3.2018,,,,", ["same_row"]),
]  # fmt: skip
LIST = "\n".join([COLUMNS, *(line for line, _kinds in ODD)])
