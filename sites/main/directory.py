"""The directory of all agencies: read from the registry and their cards in three queries."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from motcua.text.folding import fold
from tenants.lifecycle import Status
from tenants.models import Kind, Tenant

from .agencies import card_of, in_office

# What the public hears of; who is still preparing is not there yet.
SHOWN = (Status.ACTIVE, Status.SUSPENDED, Status.ARCHIVED, Status.MERGED)
KINDS = (Kind.DEPARTMENT, Kind.AGENCY, Kind.DISTRICT, Kind.COMMUNE)
TELEPHONE = 6  # from so many digits on, a search is for a telephone number
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What stands before the name proper, longest first: nobody looks for a commune under X.
GENERIC = ("Thành phố ", "Thị trấn ", "Thị xã ", "Phường ", "Huyện ", "Quận ", "Đặc khu ", "Xã ")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One agency as the directory shows it. Only an active one has an ``url``."""

    pk: int
    label: str
    name: str
    name_vi: str
    name_en: str
    kind: str
    kind_label: str
    division_type: str
    agency_code: str
    status: str
    status_label: str
    parent_pk: int | None
    parent: str
    parent_label: str
    district: str
    url: str
    address: str
    phone: str
    email: str
    folded: str
    digits: str
    successor: Entry | None = None
    formerly: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The letter under which people look for it: of “Xã Ấp Bắc” it is A."""
        return initial(self.name_vi)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a visitor asks the directory for; empty means everything."""

    words: str = ""
    kind: str = ""
    district: str = ""
    letter: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.kind or self.district or self.letter)


@dataclass(frozen=True)
class Branch:
    """One fold of the tree: a heading, the agency that heads it if any, those below."""

    key: str
    title: str
    head: Entry | None
    members: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Directory:
    """Every agency of the province that the public may know of, in alphabetical order."""

    entries: list[Entry]

    @classmethod
    def load(cls) -> Directory:
        """Read the registry: the agencies, their domains, their superiors' domains."""
        related = ("parent", "card", "successor__successor")
        rows = Tenant.objects.members().filter(status__in=SHOWN).in_order()
        tenants = list(rows.select_related(*related).prefetch_related("domains"))
        present = {tenant.pk: tenant for tenant in tenants}
        heirs = {tenant.pk: _heir(tenant, present) for tenant in tenants}
        formerly: dict[int, list[str]] = {}
        for tenant in tenants:
            heir = heirs[tenant.pk]
            if heir is not None and heir.pk != tenant.pk:
                formerly.setdefault(heir.pk, []).append(tenant.full_name)
        plain = {pk: _entry(tenant, formerly.get(pk, [])) for pk, tenant in present.items()}
        return cls([_with_heir(plain[tenant.pk], heirs[tenant.pk], plain) for tenant in tenants])

    @property
    def open(self) -> list[Entry]:
        """Agencies in office, those whose site rests for a while included."""
        return [entry for entry in self.entries if entry.status in {"active", "suspended"}]

    @property
    def closed(self) -> list[Entry]:
        """Agencies that are history: merged into another, or archived."""
        return [entry for entry in self.entries if entry.status in {"merged", "archived"}]

    @property
    def districts(self) -> list[Entry]:
        """The districts in office, for a choice of one."""
        return [entry for entry in self.open if entry.kind == Kind.DISTRICT]

    @property
    def letters(self) -> list[str]:
        """The letters of the agencies in office, in Vietnamese order."""
        return sorted({entry.letter for entry in self.open}, key=_LETTERS.index)

    def counts(self) -> dict[str, int]:
        """Return how many agencies in office there are of each kind."""
        numbers = {str(kind): 0 for kind in KINDS}
        for entry in self.open:
            numbers[entry.kind] = numbers.get(entry.kind, 0) + 1
        return {kind: number for kind, number in numbers.items() if number}

    def find(self, wanted: Wanted) -> list[Entry]:
        """Return what a visitor asks for; words find a merged agency under its old name too."""
        tests = _tests(wanted)
        pool = self.entries if wanted.words else self.open
        return [entry for entry in pool if all(test(entry) for test in tests)]

    def tree(self) -> list[Branch]:
        """Return departments, other agencies, then each district with its communes."""
        kinds = {Kind.DEPARTMENT: [], Kind.AGENCY: []}  # type: dict[str, list[Entry]]
        districts = {entry.pk: Branch(entry.label, entry.name, entry) for entry in self.districts}
        loose: list[Entry] = []
        for entry in self.open:
            if entry.kind in kinds:
                kinds[entry.kind].append(entry)
            elif entry.parent_pk in districts:
                districts[entry.parent_pk].members.append(entry)
            elif entry.pk not in districts:
                loose.append(entry)
        groups = [Branch(str(kind), "", None, members) for kind, members in kinds.items()]
        groups += [Branch(str(Kind.COMMUNE), "", None, loose), *districts.values()]
        return [branch for branch in groups if branch.members or branch.head]


def members_by_kind() -> dict[str, list[Entry]]:
    """Return the active member sites by kind, departments first: the sitemap's list."""
    groups: dict[str, list[Entry]] = {str(kind): [] for kind in KINDS}
    for entry in Directory.load().entries:
        if entry.url:
            groups.setdefault(entry.kind, []).append(entry)
    return {kind: members for kind, members in groups.items() if members}


def table(entries: Iterable[Entry], columns: dict[str, str]) -> Iterator[str]:
    """Yield the directory as lines of CSV, with the byte order mark that spreadsheets need.

    Args:
        entries: what to write.
        columns: attribute of `Entry` and heading of each column.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(columns.values())
    for entry in entries:
        yield writer.writerow(_harmless(_cell(entry, name)) for name in columns)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _cell(entry: Entry, name: str) -> str:
    if name == "successor":
        return entry.successor.name_vi if entry.successor else ""
    return str(getattr(entry, name))


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA) else text


_LETTERS = [*"AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ", "#"]


def initial(name: str) -> str:
    """Return the letter of a name without what stands before every name of its kind.

    A tone does not make another letter; a hat or a horn does: Ấp Bắc stands under  Â.
    """
    proper = next((name[len(word) :] for word in GENERIC if name.startswith(word)), name)
    first = proper[:1].upper()
    for letter in _LETTERS:
        if first in _WITH_TONES.get(letter, letter):
            return letter
    return "#"


_WITH_TONES = {
    "A": "AÀẢÃÁẠ", "Ă": "ĂẰẲẴẮẶ", "Â": "ÂẦẨẪẤẬ", "E": "EÈẺẼÉẸ", "Ê": "ÊỀỂỄẾỆ", "I": "IÌỈĨÍỊ",
    "O": "OÒỎÕÓỌ", "Ô": "ÔỒỔỖỐỘ", "Ơ": "ƠỜỞỠỚỢ", "U": "UÙỦŨÚỤ", "Ư": "ƯỪỬỮỨỰ", "Y": "YỲỶỸÝỴ",
}  # fmt: skip


def _heir(tenant: Tenant, present: dict[int, Tenant]) -> Tenant | None:
    """Return who does an agency's work now, with the domains that were read already."""
    heir = in_office(tenant)
    return present.get(heir.pk) if heir is not None else None


def _with_heir(entry: Entry, heir: Tenant | None, plain: dict[int, Entry]) -> Entry:
    if heir is None or heir.pk == entry.pk:
        return entry
    return Entry(**{**entry.__dict__, "successor": plain[heir.pk]})


def _entry(tenant: Tenant, formerly: list[str]) -> Entry:
    card = card_of(tenant) if tenant.status in {Status.ACTIVE, Status.SUSPENDED} else None
    phone = card.phone if card else ""
    return Entry(
        pk=tenant.pk,
        label=tenant.label,
        name=tenant.name,
        name_vi=tenant.name_vi,
        name_en=tenant.name_en,
        kind=tenant.kind,
        kind_label=str(tenant.get_kind_display()),
        division_type=tenant.division_type,
        agency_code=tenant.agency_code,
        status=tenant.status,
        status_label=str(tenant.get_status_display()),
        parent_pk=tenant.parent_id,
        parent=_superior(tenant),
        parent_label=tenant.parent.label if tenant.parent else "",
        district=tenant.district_name,
        url=tenant.url if tenant.status == Status.ACTIVE else "",
        address=card.address if card else "",
        phone=phone,
        email=card.email if card else "",
        folded=f"{tenant.name_folded} {fold(' '.join(formerly))}",
        digits="".join(char for char in phone if char.isdigit()),
        formerly=tuple(formerly),
    )


def _superior(tenant: Tenant) -> str:
    """Return the superior agency's name, where it is not the province itself."""
    parent = tenant.parent
    return parent.name if parent is not None and not parent.is_main else ""


def _tests(wanted: Wanted) -> list[Callable[[Entry], bool]]:
    words = fold(wanted.words).split()
    number = "".join(words).replace(".", "")
    tests: list[Callable[[Entry], bool]] = []
    if number.isdigit() and len(number) >= TELEPHONE:
        tests.append(lambda entry: number in entry.digits)
    elif words:
        tests.append(lambda entry: all(word in entry.folded for word in words))
    if wanted.kind:
        tests.append(lambda entry: entry.kind == wanted.kind)
    if wanted.district:
        tests.append(lambda entry: wanted.district in {entry.label, entry.parent_label})
    if wanted.letter:
        tests.append(lambda entry: entry.letter == wanted.letter)
    return tests
