"""Who may show the chat in a frame: we, and the sites that the operator lists. Scripts are our own files."""

from fastapi import Request


def framed(request: Request) -> bool:
    """Whether a browser shows the page in a frame."""
    return request.headers.get("sec-fetch-dest") == "iframe"


def headers(embed_origins: tuple[str, ...]) -> dict[str, str]:
    """What every page of the chat is sent with."""
    framing = " ".join(("'self'", *embed_origins))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {framing}"
    )
    # Browsers that know frame-ancestors look past X-Frame-Options. A form must say where it comes from.
    return {"Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "same-origin"}
