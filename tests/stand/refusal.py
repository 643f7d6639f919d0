"""What the Bot API answers instead of a result."""


class Refusal(Exception):
    """An error answer of the Bot API."""

    def __init__(self, description: str, code: int = 400, retry_after: int | None = None) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: ", 429: "Too Many Requests: "}.get(code, "")
        super().__init__(f"{prefix}{description}")
        self.code = code
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": str(self)}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer
