"""How far an owner has come: ready-made beginnings of a conversation, in both languages."""

from flows.engine.library import Library
from flows.messages import Say
from flows.texts import Texts
from tests.flows.talk import Talk

NUMBERS = {"en": "09446231", "zh": "91440300MA5FKT8U3Q"}
PHONES = {"en": "+447700900123", "zh": "+8613800138000"}
NEEDS = {"en": "20k for 12 months to buy stock", "zh": "要15万分12期进货用"}
AMOUNTS = {"en": {"amount": "20000.00", "currency": "GBP"}, "zh": {"amount": "150000.00", "currency": "CNY"}}


class Story(Talk):
    """A conversation that can be brought to a stage in one call."""

    def __init__(self, library: Library, lang: str) -> None:
        super().__init__(library, lang)
        self.lang = lang
        self.library = library
        self.texts: Texts = library.texts

    def text(self, key: str, /, **params: object) -> str:
        return self.texts.get(self.lang, key, **params)

    def library_title(self, source: str) -> str:
        return self.library.sources[source].title[self.lang]

    def library_lender(self) -> str:
        """Name of the lender that has the application."""
        assert self.state.submission is not None
        lenders = {sheet.lender.id: sheet.lender.name[self.lang] for sheet in self.library.products}
        return lenders[self.state.submission.lender]

    def taps_on(self, key: str) -> "Story":
        self.taps(self.text(key))
        return self

    def welcomed(self) -> "Story":
        self.start()
        return self.taps_on("welcome.start")

    def identified(self) -> "Story":
        self.welcomed()
        self.shares(PHONES[self.lang])
        self.types(NUMBERS[self.lang])
        self.taps_on("identify.lookup.allow")
        self.delivers("registry", self.registry())
        return self.taps_on("identify.confirm.yes")

    def needed(self) -> "Story":
        self.identified()
        self.types(NEEDS[self.lang])
        return self

    def connected(self) -> "Story":
        self.needed()
        self.taps_on("connect.allow_all")
        self.delivers("tax", self.tax())
        self.delivers("bank", self.bank())
        return self

    def filled(self) -> "Story":
        self.connected()
        return self.taps_on("field.legal_or_insolvency_declaration.no")

    def reviewed(self) -> "Story":
        self.filled()
        for _ in range(4):
            self.taps_on("review.next")
        return self

    def signed(self) -> "Story":
        self.reviewed()
        return self.taps_on("review.sign")

    # What the sources hold

    def money(self, amount: str) -> dict[str, str]:
        return {"amount": amount, "currency": "CNY" if self.lang == "zh" else "GBP"}

    def registry(self) -> dict[str, object]:
        chinese = self.lang == "zh"
        return {
            "registration_number": NUMBERS[self.lang],
            "business_legal_name": "深圳市青禾茶饮有限公司" if chinese else "Maple Lane Bakery Ltd",
            "tax_identification_number": NUMBERS[self.lang],
            "legal_form": "limited_company",
            "registration_status": "active",
            "incorporation_date": "2019-03-12",
            "registered_address": {"text": "14 Maple Lane, Leeds", "country": "CN" if chinese else "GB"},
            "industry_code": "10710",
            "representative_name": "李青禾" if chinese else "Alice Carter",
            "representative_role": "director",
            "representative_ownership_percent": "60",
            "beneficial_owners": [{"name": "Alice Carter", "ownership_percent": "60"}],
        }

    def tax(self) -> dict[str, object]:
        return {
            "number_of_employees": 6,
            "gross_annual_revenue": self.money("240000"),
            "monthly_revenue_12m": [self.money("20000")] * 12,
            "taxes_paid_12m": self.money("9000"),
        }

    def bank(self) -> dict[str, object]:
        return {
            "gross_annual_revenue": self.money("250000"),
            "monthly_bank_inflow_12m": [self.money("20500")] * 12,
            "existing_credit_facilities": [],
            "representative_id_type": "passport",
            "representative_id_number": "512345678",
            "representative_birth_date": "1985-05-03",
            "disbursement_account": {"holder": "Maple Lane Bakery Ltd", "bank": "Northgate", "number": "12345678"},
        }


def buttons(says: list[Say]) -> list[str]:
    """Labels of all buttons that were said."""
    return [choice.label for say in says for choice in say.choices]
