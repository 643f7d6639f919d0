"""A report as signed JSON that anyone can check offline, and the JSON Schema that it keeps to."""

import json

from pydantic import JsonValue, TypeAdapter, ValidationError

from flows.application.report.model import Report
from integrations.lenders.packet_signature import MEMBER, NotSigned, sign, verify

PURPOSE = "lendline report signature 1"
SCHEME = "ed25519"
WHAT = "report"
_TREE: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


def signed(report: Report, private: bytes) -> str:
    """The report as JSON with our signature: Ed25519 over its canonical form (RFC 8785) without the signature."""
    body = _TREE.validate_json(report.model_dump_json())
    key, value = sign(body, private)
    return json.dumps({**body, MEMBER: {"scheme": SCHEME, "key": key, "value": value}}, ensure_ascii=False, indent=1)


def verified(content: bytes, trusted: tuple[str, ...]) -> tuple[Report, str]:
    """The report in signed JSON and the key that signed it. Raises NotSigned or NotOurs."""
    try:
        tree = _TREE.validate_json(content)
    except ValidationError as error:
        raise NotSigned("it is not a JSON object", WHAT) from error
    key = verify(tree, trusted, WHAT)
    body = {name: each for name, each in tree.items() if name != MEMBER}
    try:
        return Report.model_validate_json(json.dumps(body)), key
    except ValidationError as error:
        raise NotSigned("it is not of the format lendline-report/1", WHAT) from error


def schema() -> str:
    """The JSON Schema of a signed report."""
    found = Report.model_json_schema(mode="serialization")
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "Lendline business credit report"
    found["properties"][MEMBER] = {
        "type": "object",
        "description": "Ed25519 over the canonical JSON (RFC 8785) of all other members.",
        "properties": {
            "scheme": {"const": SCHEME},
            "key": {"type": "string", "description": "public key, base64"},
            "value": {"type": "string", "description": "signature, base64"},
        },
        "required": ["scheme", "key", "value"],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
