"""Whether a form was sent by a page of our own. It stands in for CSRF tokens."""

from urllib.parse import urlsplit

from fastapi import Request


def is_own(request: Request, public_url: str | None) -> bool:
    """Whether our own page sent this. A program that is no browser names no site and is let through."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        return site in {"same-origin", "none"}
    if origin is not None:
        host = urlsplit(public_url).netloc if public_url else request.headers.get("host", "")
        return urlsplit(origin).netloc == host
    return True


def origin_of(request: Request, public_url: str | None) -> str:
    """The scheme, host and port at which a browser sees these pages."""
    url = urlsplit(public_url or str(request.base_url))
    return f"{url.scheme}://{url.netloc}"
