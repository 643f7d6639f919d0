"""`lendline packet`: verify offline what a lender was given."""

from pathlib import Path

import click
from pydantic import JsonValue, TypeAdapter, ValidationError

from bot.settings import Settings
from bot.wiring import open_sealer
from integrations.lenders import packet_signature

MOST_BYTES = 20_000_000
_PACKET: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


@click.group()
def packet() -> None:
    """Look after signed packets."""


@packet.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "keys", multiple=True, help="A trusted key in base64; without one, this installation's keys.")
def verify(file: Path, keys: tuple[str, ...]) -> None:
    """Check the signature of the packet in FILE, as it was read from the lender API."""
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than {MOST_BYTES} bytes")
    try:
        found = _PACKET.validate_json(file.read_bytes())
    except ValidationError as error:
        raise click.ClickException(f"{file} is not a packet: it is not a JSON object") from error
    trusted = keys or tuple(
        packet_signature.public_key(each) for each in open_sealer(Settings()).derived(packet_signature.PURPOSE)
    )
    key = packet_signature.verify(found, trusted)
    click.echo(f"application  {found.get('application_id')}")
    click.echo(f"lender       {found.get('lender')}")
    click.echo(f"issued at    {found.get('issued_at')}")
    click.echo(f"signed with  {key}")
    click.echo("The packet is as it was signed.")
