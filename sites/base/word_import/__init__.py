"""“Import from Word”: a .docx becomes a draft that keeps what readers need and nothing else.

`package` opens the file and lets only known parts through, `cleaning` takes out of them what is
dangerous or meant for paper, `reading` makes HTML of the rest, `conversion` makes blocks of that,
`actions.import_word` makes the draft. `report.Report` collects what was dropped and changed.
"""
