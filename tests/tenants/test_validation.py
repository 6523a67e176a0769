from __future__ import annotations

import time
import unicodedata
from typing import Any

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from motcua.people.models import Invitation, User
from sites.base.models import SiteSettings
from tenants import site_facts
from tenants.actions import transition
from tenants.lifecycle import Status
from tenants.models import Kind, Tenant
from tenants.registry import KnownSite, Registry
from tenants.validation import NewSite, Problem, check, check_domain
from tests.factories import create_tenant

KNOWN = Registry(
    sites={
        "tinh": KnownSite("tinh", Kind.PROVINCE, domain="tinh.test", is_main=True, pk=-1),
        "alpha": KnownSite("alpha", Kind.DISTRICT, "tinh", "alpha.tinh.test", "H58.21", pk=-2),
        "beta": KnownSite("beta", Kind.COMMUNE, "alpha", "beta.tinh.test", pk=-3),
    },
    domains={"tinh.test": "tinh", "alpha.tinh.test": "alpha", "beta.tinh.test": "beta"},
    themes=frozenset({"sen", "bien"}),
)


def create_data(**fields: str) -> dict[str, str]:
    return {"label": "soyte", "name_vi": "Sở Y tế", "kind": "sở", **fields}


def problems_of(**fields: str) -> dict[str, str]:
    """The English messages by field, for data that are sound but for `fields`."""
    site, problems = check(create_data(**fields), known=KNOWN)
    assert (site is None) == bool(problems)
    return {problem.field: english(problem) for problem in problems}


def english(problem: Problem) -> str:
    return problem.both().rpartition(" / ")[2]


def sound(**fields: str) -> NewSite:
    site, problems = check(create_data(**fields), known=KNOWN)
    assert site, [problem.both() for problem in problems]
    return site


pytestmark = pytest.mark.django_db


class TestSoundData:
    def test_the_least_that_must_be_said(self) -> None:
        site = sound()
        assert (site.label, site.domain, site.kind) == ("soyte", "soyte.tinh.test", "department")
        assert (site.languages, site.launch) == (["vi", "en"], True)

    def test_a_site_stands_under_the_main_portal_unless_told_otherwise(self, main: Tenant) -> None:
        site, _problems = check(create_data())
        assert site
        assert site.parent == main

    @pytest.mark.parametrize("name", ["alpha", "ALPHA", "alpha.tinh.test"])
    def test_a_parent_is_named_by_label_or_domain(self, alpha: Tenant, name: str) -> None:
        site, problems = check(create_data(kind="xã", parent=name))
        assert site, problems
        assert site.parent == alpha

    def test_names_are_normalised(self) -> None:
        decomposed = unicodedata.normalize("NFD", "  Sở   Y tế tỉnh Bình Ðịnh\n")
        assert sound(name_vi=decomposed).name_vi == "Sở Y tế tỉnh Bình Định"

    def test_labels_and_domains_are_written_small(self) -> None:
        site = sound(label="SoYTe", domain="SoYTe.Tinh.TEST.")
        assert (site.label, site.domain) == ("soyte", "soyte.tinh.test")

    @pytest.mark.parametrize(
        ("word", "kind", "division_type"),
        [
            ("sở", "department", ""),
            ("Sở, ban, ngành", "department", ""),
            ("Department", "department", ""),
            ("huyện", "district", "huyện"),
            ("Thị xã", "district", "thị xã"),
            ("thanh pho", "district", "thành phố"),
            ("xã", "commune", "xã"),
            ("Phường", "commune", "phường"),
            ("thị trấn", "commune", "thị trấn"),
            ("đặc khu", "commune", "đặc khu"),
            ("ward", "commune", ""),
            ("cơ quan khác", "agency", ""),
            ("other agency", "agency", ""),
        ],
    )
    def test_kinds_are_known_by_the_words_of_both_languages(
        self, word: str, kind: str, division_type: str
    ) -> None:
        site = sound(kind=word)
        assert (site.kind, site.division_type) == (kind, division_type)

    def test_agency_codes_are_kept_from_the_top_down(self) -> None:
        assert sound(agency_code="000.00.53.h58").agency_code == "H58.53"

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("", ["vi", "en"]),
            ("vi", ["vi"]),
            ("Tiếng Anh, tiếng Việt", ["vi", "en"]),
            ("en vi", ["vi", "en"]),
            ("tiếng việt", ["vi"]),
        ],
    )
    def test_languages_are_named_by_code_or_word(self, text: str, codes: list[str]) -> None:
        assert sound(languages=text).languages == codes

    @pytest.mark.parametrize(("text", "launch"), [("có", True), ("không", False), ("0", False)])
    def test_a_site_can_stay_closed_at_first(self, text: str, launch: bool) -> None:
        assert sound(launch=text).launch is launch

    @pytest.mark.parametrize(
        "phone",
        [
            "0273 3872 582",
            "(0273) 3.872-582",
            "1022",
            "+84 273 3872 582; 3872 583",
            "0273 3872 582 (máy lẻ 12)",
        ],
    )
    def test_telephone_numbers_are_taken_as_people_write_them(self, phone: str) -> None:
        assert sound(phone=phone).phone == phone

    def test_an_own_domain_is_allowed_when_its_suffix_is(self, settings: LazySettings) -> None:
        settings.SITE_DOMAIN_SUFFIXES = ["tinh.test", "benhvien.test"]
        assert sound(domain="benhvien.test").domain == "benhvien.test"


class TestMistakes:
    def test_required_values(self) -> None:
        site, problems = check({}, known=KNOWN)
        assert site is None
        assert {problem.field for problem in problems} == {"label", "name_vi", "kind"}

    def test_a_missing_label_is_suggested_from_the_name(self) -> None:
        assert "“soyte”" in problems_of(label="")["label"]

    @pytest.mark.parametrize(
        "label",
        ["sở y tế", "so_yte", "-so", "so-", "a.b", "a" * 64, "xn--so-yte", "сo", "*", "a b"],
    )
    def test_labels_that_cannot_stand_in_a_host_name(self, label: str) -> None:
        assert problems_of(label=label).keys() == {"label"}

    def test_a_wrong_label_gets_a_suggestion(self) -> None:
        assert problems_of(label="Sở Y tế")["label"].endswith("It could be “soyte”.")

    @pytest.mark.parametrize("label", ["www", "admin", "MAIL", "main"])
    def test_reserved_labels(self, label: str) -> None:
        assert "is reserved" in problems_of(label=label)["label"]

    def test_a_reserved_label_cannot_come_in_by_the_domain(self) -> None:
        assert "is reserved" in problems_of(domain="www.tinh.test")["domain"]

    @pytest.mark.parametrize("label", ["alpha", "Alpha", "ALPHA"])
    def test_duplicate_labels_whatever_their_case(self, label: str) -> None:
        assert "already a site" in problems_of(label=label)["label"]

    @pytest.mark.parametrize("domain", ["alpha.tinh.test", "Alpha.Tinh.Test", "tinh.test"])
    def test_duplicate_domains_name_the_site_that_has_it(self, domain: str) -> None:
        assert "already belongs to the site “" in problems_of(domain=domain)["domain"]

    @pytest.mark.parametrize(
        "domain", ["soyte.example.org", "soyte.xtinh.test", "test", "localhost", "10.0.0.1"]
    )
    def test_domains_outside_the_allowed_suffixes(self, domain: str) -> None:
        assert "outside the allowed domains: tinh.test" in problems_of(domain=domain)["domain"]

    @pytest.mark.parametrize(
        "domain", ["https://soyte.tinh.test", "soyte.tinh.test/vi", "soyte.tinh.test:80", "a@b"]
    )
    def test_an_address_is_no_domain(self, domain: str) -> None:
        assert problems_of(domain=domain)["domain"].startswith("Write the domain only")

    def test_a_unicode_domain_gets_a_suggestion(self) -> None:
        assert "“soyte.tinh.test”" in problems_of(domain="sởytế.tinh.test")["domain"]

    @pytest.mark.parametrize("domain", ["xn--s-yt-2oa.tinh.test", "政府.tinh.test"])
    def test_other_international_domains_are_refused(self, domain: str) -> None:
        assert "not accepted" in problems_of(domain=domain)["domain"]

    @pytest.mark.parametrize(
        "domain", ["so yte.tinh.test", "a..tinh.test", ".tinh.test", "a_b.tinh.test"]
    )
    def test_malformed_domains(self, domain: str) -> None:
        assert "is not a domain" in problems_of(domain=domain)["domain"]

    def test_a_domain_has_at_most_253_characters(self) -> None:
        assert "too long" in problems_of(domain="a." * 130 + "tinh.test")["domain"]

    def test_an_unknown_kind_names_the_known_ones(self) -> None:
        message = problems_of(kind="vương quốc")["kind"]
        assert "“vương quốc”" in message
        assert "sở" in message

    def test_only_the_main_portal_is_a_province(self) -> None:
        assert "Only the main portal" in problems_of(kind="tỉnh")["kind"]

    def test_the_type_of_a_unit_must_be_of_its_kind(self) -> None:
        assert "division_type" in problems_of(kind="huyện", division_type="xã")

    def test_unknown_parents(self) -> None:
        assert "“nowhere”" in problems_of(parent="nowhere")["parent"]

    def test_nobody_is_its_own_parent(self) -> None:
        assert "its own superior" in problems_of(parent="soyte")["parent"]

    @pytest.mark.parametrize(
        ("kind", "parent"), [("xã", "beta"), ("huyện", "alpha"), ("huyện", "beta"), ("sở", "beta")]
    )
    def test_parents_of_a_kind_that_cannot_be_superior(self, kind: str, parent: str) -> None:
        assert "cannot be under" in problems_of(kind=kind, parent=parent)["parent"]

    @pytest.mark.parametrize("code", ["58", "H5", "H58..1", "H58.1", "abc"])
    def test_agency_codes_of_another_form(self, code: str) -> None:
        assert "is not an agency code" in problems_of(agency_code=code)["agency_code"]

    def test_an_agency_code_belongs_to_one_agency(self) -> None:
        assert "“alpha”" in problems_of(agency_code="H58.21")["agency_code"]

    @pytest.mark.parametrize("languages", ["fr", "vi,xx", "tiếng Pháp"])
    def test_unknown_languages(self, languages: str) -> None:
        assert "Unknown language" in problems_of(languages=languages)["languages"]

    def test_every_site_speaks_vietnamese(self) -> None:
        assert "Vietnamese" in problems_of(languages="en")["languages"]

    @pytest.mark.parametrize("theme", ["base", "nhung", "../sen"])
    def test_unknown_themes_name_the_known_ones(self, theme: str) -> None:
        assert "bien, sen" in problems_of(theme=theme)["theme"]

    @pytest.mark.parametrize("field", ["email", "admin_email"])
    @pytest.mark.parametrize("address", ["x", "a@", "a@b", "a b@c.vn", "a@b.vn,c@d.vn"])
    def test_malformed_mail_addresses(self, field: str, address: str) -> None:
        assert field in problems_of(**{field: address})

    def test_very_long_telephone_number_is_refused_at_once(self) -> None:
        before = time.monotonic()
        assert "phone" in problems_of(phone="1" * 100_000 + "a")
        assert time.monotonic() - before < 5

    @pytest.mark.parametrize("phone", ["abc", "gọi cho tôi", "<b>0</b>"])
    def test_malformed_telephone_numbers(self, phone: str) -> None:
        assert "phone" in problems_of(phone=phone)

    def test_an_answer_that_is_neither_yes_nor_no(self) -> None:
        assert "neither yes nor no" in problems_of(launch="có thể")["launch"]

    @pytest.mark.parametrize("name", ["!!!", "—", "..."])
    def test_a_name_is_made_of_letters(self, name: str) -> None:
        assert "letters" in problems_of(name_vi=name)["name_vi"]

    @pytest.mark.parametrize(
        "field", ["name_vi", "name_en", "address", "phone", "division_type", "email", "admin_name"]
    )
    def test_values_longer_than_their_column(self, field: str) -> None:
        assert field in problems_of(**{field: "1" * 1000})

    def test_all_mistakes_are_told_at_once(self) -> None:
        wrong = problems_of(label="www", kind="x", email="x", theme="x", phone="x")
        assert wrong.keys() == {"label", "kind", "email", "theme", "phone"}

    def test_messages_come_in_both_languages(self) -> None:
        _site, problems = check(create_data(label="www"), known=KNOWN)
        vietnamese, english = problems[0].both().split(" / ")
        assert english == "The label “www” is reserved."
        assert "www" in vietnamese


def test_limits_are_those_of_the_columns() -> None:
    """`tenants` cannot import the layers whose columns some values end in; here it can be seen."""

    def length(model: Any, name: str) -> int | None:
        return model._meta.get_field(name).max_length

    assert length(SiteSettings, "address") == site_facts.MAX_ADDRESS_LENGTH
    assert length(SiteSettings, "phone") == site_facts.MAX_PHONE_LENGTH
    assert length(SiteSettings, "email") == site_facts.MAX_EMAIL_LENGTH
    assert length(Invitation, "email") == length(User, "email") == site_facts.MAX_EMAIL_LENGTH
    assert length(Invitation, "name") == length(User, "name") == site_facts.MAX_PERSON_LENGTH


class TestEditing:
    def test_a_site_keeps_its_own_label_and_domain(self, alpha: Tenant) -> None:
        data = create_data(label="alpha", name_vi="Huyện Alpha Mới", kind="huyện")
        site, problems = check(data, tenant=alpha)
        assert site, problems
        assert (site.domain, site.name_vi) == ("alpha.tinh.test", "Huyện Alpha Mới")

    def test_a_site_cannot_take_anothers_label(self, alpha: Tenant, beta: Tenant) -> None:
        _site, problems = check(create_data(label="beta", kind="huyện"), tenant=alpha)
        assert problems[0].field == "label"

    def test_parents_cannot_go_round_in_a_circle(self, alpha: Tenant) -> None:
        upper = create_tenant("tren", kind=Kind.AGENCY)
        create_tenant("giua", kind=Kind.AGENCY, parent=upper)
        data = create_data(label="tren", name_vi="Trên", kind="agency", parent="giua")
        _site, problems = check(data, tenant=upper)
        assert [problem.field for problem in problems] == ["parent"]
        assert english(problems[0]).endswith("tren → giua → tren.")

    def test_a_kind_must_suit_the_sites_below(self, alpha: Tenant) -> None:
        data = create_data(label="alpha", name_vi="Alpha", kind="xã")
        _site, problems = check(data, tenant=alpha)
        assert [problem.field for problem in problems] == ["parent"]

    def test_the_main_portal_stays_what_it_is(self, main: Tenant) -> None:
        data = {"label": "tinh", "name_vi": "Tỉnh Thử", "kind": "sở", "parent": "alpha"}
        _site, problems = check(data, tenant=main)
        assert {problem.field for problem in problems} == {"kind", "parent"}

    def test_the_main_portal_can_be_renamed(self, main: Tenant) -> None:
        data = {"label": "tinh", "name_vi": "Tỉnh Mới", "kind": "tỉnh"}
        site, problems = check(data, tenant=main)
        assert site, problems
        assert site.parent is None

    def test_the_code_of_an_archived_agency_is_free_again(self, main: Tenant) -> None:
        old = create_tenant("cu", agency_code="H58.01")
        assert check(create_data(agency_code="H58.01"))[1]
        transition(tenant=old, name="archive", by="test")
        assert Tenant.objects.get(pk=old.pk).status == Status.ARCHIVED
        assert not check(create_data(agency_code="H58.01"))[1]


class TestFurtherDomains:
    def test_a_sound_domain(self, main: Tenant) -> None:
        assert check_domain(" Cu.Tinh.test ") == ("cu.tinh.test", [])

    @pytest.mark.parametrize("text", ["", "alpha.tinh.test", "www.tinh.test", "a.org", "sở.test"])
    def test_domains_that_cannot_be_had(self, main: Tenant, text: str) -> None:
        domain, problems = check_domain(text)
        assert domain == ""
        assert [problem.field for problem in problems] == ["domain"]


def test_checking_takes_as_many_queries_for_any_number_of_sites(
    main: Tenant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        known = Registry.load()
        for number in range(50):
            check(create_data(label=f"x{number}", kind="q"), known=known)
