"""Other names that truth files use for kinds and fields of papers, by the name of the table."""

from collections.abc import Mapping
from types import MappingProxyType


def _inverted(names: Mapping[str, str]) -> dict[str, str]:
    return {other: name for name, others in names.items() for other in others.split()}


KINDS = MappingProxyType(
    _inverted(
        {
            "business_licence": "business_license certificate_of_incorporation company_registration",
            "industry_licence": (
                "tobacco_licence tobacco_license food_licence food_license medical_licence industry_license"
            ),
            "id_front": "id_card_front identity_card_front identity_card id_card passport",
            "id_back": "id_card_back identity_card_back",
            "invoice": "vat_invoice digital_invoice e_invoice fapiao fully_digital_invoice digital_fapiao",
            "bank_statement": "bank_statement_pdf statement",
            "tax_payment_certificate": "tax_certificate tax_payment tax_paid_certificate",
            "lease": "lease_contract lease_agreement tenancy",
            "utility_bill": "electricity_bill water_bill gas_bill",
        }
    )
)

# Where a kind has no name of its own for it.
FIELDS = MappingProxyType(
    _inverted(
        {
            "registration_number": "uscc credit_code unified_social_credit_code company_number tax_number",
            "name": (
                "company_name business_name holder_name customer_name taxpayer taxpayer_name legal_name "
                "business_legal_name full_name"
            ),
            "representative": "legal_representative representative_name operator owner person_in_charge",
            "established": "incorporation_date established_on registration_date date_of_establishment",
            "address": (
                "registered_address operating_address premises business_address supply_address residential_address"
            ),
            "scope": "business_scope business_description",
            "capital": "registered_capital",
            "type": "legal_form company_type",
            "valid_until": "expiry expiry_date valid_to expires until",
            "valid_from": "valid_since",
            "number": "licence_number license_number invoice_number certificate_number",
            "id_number": "identity_number id_no document_number passport_number person_number",
            "birth_date": "date_of_birth birthday born",
            "issued": "issue_date date_of_issue bill_date issued_on",
            "authority": "issuing_authority issuer issued_by",
            "amount": "amount_due amount_paid tax_paid total_paid total_amount",
            "account_number": "account account_no customer_number",
            "period_from": "period_start from",
            "period_to": "period_end to",
        }
    )
)

FIELDS_OF: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "invoice": _inverted(
            {
                "day": "date invoice_date issued issue_date",
                "net": "net_amount amount_without_tax subtotal amount",
                "tax": "tax_amount vat vat_amount",
                "total": "total_amount gross amount_with_tax gross_amount",
                "seller": "seller_name supplier",
                "buyer": "buyer_name customer",
                "seller_number": "seller_tax_id seller_tax_number seller_uscc seller_vat",
                "buyer_number": "buyer_tax_id buyer_tax_number buyer_uscc",
                "code": "invoice_code",
            }
        ),
        "bank_statement": _inverted(
            {
                "holder": "account_holder account_name name holder_name",
                "opening": "opening_balance",
                "closing": "closing_balance",
                "first": "from period_from period_start start",
                "last": "to period_to period_end end",
                "rows": "transactions row_count",
                "money_in": "total_in inflow",
                "money_out": "total_out outflow",
            }
        ),
        "lease": _inverted(
            {
                "tenant": "lessee tenant_name",
                "landlord": "lessor landlord_name",
                "start": "start_date from valid_from",
                "end": "end_date to valid_until expiry",
                "rent": "monthly_rent rent_amount amount",
            }
        ),
        "industry_licence": _inverted({"licence_type": "type license_type"}),
        "utility_bill": _inverted({"utility": "utility_type type", "due": "due_date", "provider": "supplier"}),
    }
)
