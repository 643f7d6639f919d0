"""The two signatures, against headers recorded from Kingdee's own client (kingdee.cdp.webapi.sdk 8.2.0)."""

from datetime import UTC, datetime

import pytest

from flows.errors import SourceRefused
from integrations.merchants import load
from integrations.sources.erp_kingdee.records import Answer
from integrations.sources.erp_kingdee.signing import Caller, client_key, headers
from tests.integrations.sources.bench import bench, status

PATH = "/k3cloud/Kingdee.BOS.WebApi.ServicesStub.DynamicFormService.ExecuteBillQuery.common.kdsvc"
NOW = datetime.fromtimestamp(1795424400, UTC)
# The ids and secrets are invented; the signatures are what the client made of them at that second.
RECORDED = (
    (
        Caller(
            "91330106MA0000001X",
            "lendline",
            "260042_Qf8J0yiM6ql6XUVPX1WuT5zsRoS8wCqN",
            "5f0c9c0e6b1a4f3c8d2e7a9b1c3d5e7f",
        ),
        "NTA2ZGU1M2MxNjRiZmUzM2Y4ZTk0N2Y2YThhNzUzMmYxYzQ1ZDE3YTAyNTkwNGM4NTZjNmMzY2Y0Yzc4MzY5YQ==",
        "NGNjZGQ5NmQ3MTcxZTgyNzE5OTNjZjZkMDI2OGVkMmFkZWQxMzRmYTVkNjUwYzU5MzQyZjhlYzM4MjJmNWE5Mw==",
        "OTEzMzAxMDZNQTAwMDAwMDFYLGxlbmRsaW5lLDIwNTIsMA==",
    ),
    (
        Caller("shop", "读者", "111111_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "0123456789abcdef0123456789abcdef"),
        "MmI1Yzg1MjMzNDZkZDg1YjM1MjRjM2JlODkxZGE4MDc4MTBkZmI1NzliYzIzNTQ0ZjU3MmEwMTYwYTI2MzcyNw==",
        "ZGRhZTZiMGFlNGZiZjJlM2EwZjBmNTViZmUzM2Y1MzU2Y2NkNzA4MDY4MjFjYjQyZTQ3MTIxM2U5ZTU5YzU4Yg==",
        "c2hvcCzor7vogIUsMjA1Miww",
    ),
)


@pytest.mark.parametrize(("caller", "api", "app", "data"), RECORDED, ids=["ascii", "chinese"])
def test_signs_as_the_recorded_client_did(caller: Caller, api: str, app: str, data: str) -> None:
    made = headers(caller, PATH, NOW, "1795424400")
    assert made["X-Api-Signature"] == api
    assert made["X-Kd-Signature"] == app
    assert made["X-Kd-Appdata"] == data
    assert made["X-Api-ClientID"] == caller.app_id.partition("_")[0]
    assert made["x-api-timestamp"] == "1795424400"


@pytest.mark.parametrize("hidden", ["", "short", "!" * 32, "A" * 33, "读" * 32])
def test_an_app_id_without_a_hidden_key_signs_with_none(hidden: str) -> None:
    assert client_key(hidden) == ""


async def test_a_failure_in_the_place_of_rows_is_a_refusal() -> None:
    merchant = next(each for each in load() if each.id == "tieluo-haulage")
    lost = b'[[{"Result": {"ResponseStatus": {"ErrorCode": 500, "IsSuccess": false, "MsgCode": 1}}}]]'
    async with bench("erp_kingdee", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(200, body=lost))
        with pytest.raises(SourceRefused, match="code 1"):
            await on.source.pull(consent, subject, grant, on.clock.now.date())


async def test_a_bill_partly_paid_leaves_the_sum_unknown() -> None:
    merchant = next(each for each in load() if each.id == "tieluo-haulage")
    row = b'[["B1","2026-10-02T00:00:00","2026-11-02T00:00:00",1000.5,"PRE001","C","B","Ji"]]'
    assert Answer.model_validate_json(row).root
    async with bench("erp_kingdee", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(200, body=row), status(200, body=b"[]"))
        evidence = await on.source.pull(consent, subject, grant, on.clock.now.date())
    assert evidence.candidates == ()
    assert "source.note.open_amounts_unclear" in evidence.notes
