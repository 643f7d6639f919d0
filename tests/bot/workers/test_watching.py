"""What a language model did and failed to do is counted where operators look, for owners and for staff alike."""

import pytest
from prometheus_client import generate_latest

from bot.metrics import Metrics
from bot.settings import Settings
from bot.workers.outside import open_model
from flows.errors import ModelUnavailable
from flows.ports import ReadRequest, SummaryRequest
from tests.integrations.llm.server import Server, served

REQUEST = ReadRequest(text="could do with 20k", lang="en", asked=None, fields={"amount_requested": "Amount"})


async def test_answers_and_failures_of_a_model_are_counted() -> None:
    server, metrics = Server(), Metrics()
    server.reply = {"commands": []}
    async with served(server) as address:
        named = {"LENDLINE_LLM": "openai:stub", "LENDLINE_LLM_BASE_URL": address, "LENDLINE_LLM_API_KEY": "key"}
        model = open_model(Settings.model_validate(named), metrics)
        assert model is not None
        await model.understand(REQUEST)
        server.dialect = "500"
        with pytest.raises(ModelUnavailable):
            await model.understand(REQUEST)
        with pytest.raises(ModelUnavailable):
            await model.summarise(SummaryRequest(lines=("owner: hello",), lang="en"))
    lines = generate_latest(metrics.registry).decode().splitlines()
    assert 'lendline_model_seconds_count{outcome="done",task="understand"} 1.0' in lines
    assert 'lendline_model_seconds_count{outcome="failed",task="understand"} 1.0' in lines
    assert 'lendline_model_seconds_count{outcome="failed",task="summarise"} 1.0' in lines
