"""Identity: what an owner shares from the messenger's store of documents is shown and used like any paper of theirs."""

import hmac

from flows.application.papers.values import Confidence, PaperValue
from flows.conversation import SentFile
from flows.engine.flow import Flow
from flows.engine.receiving import SILENCE, receive
from flows.engine.turn import Turn
from flows.events import PaperRead
from flows.messages import Heard, SharedIdentity

KIND = "id_front"


def _shared(turn: Turn, heard: Heard) -> None:
    """Take what was shared in answer to our own question; anything else is not for us."""
    identity, state = heard.identity, turn.state
    if identity is None or not state.nonce or not hmac.compare_digest(identity.nonce.encode(), state.nonce.encode()):
        turn.note("identity", "shared without our nonce: not taken")
        turn.tell("identity.not_ours")
        return
    if state.application.signed_at is not None:
        turn.tell("paper.signed")
        return
    state.files_sent += 1
    number = f"d-{state.application.id.removeprefix('LA-')}-{state.files_sent}"
    came_at = turn.now - SILENCE  # it is whole as it comes: only its scans are waited for
    state.documents[number] = SentFile(id=number, state="read", sent_at=came_at, paper=_paper(number, identity))
    turn.note("identity", f"{len(identity.values)} values and {len(identity.scans)} scans were shared")
    turn.echo.append(turn.t("identity.received"))
    receive(turn, heard.model_copy(update={"files": identity.scans}))
    turn.again = True


def _paper(number: str, identity: SharedIdentity) -> PaperRead:
    """The values as those of an identity document. They came by the messenger's own seal, so nothing was misread."""
    values = tuple(
        PaperValue(name=name, value=text, how="text", confidence=Confidence.PROVED)
        for name, text in identity.values.items()
        if text
    )
    return PaperRead(
        document_id=number, paper=KIND, values=values, country=identity.country, pages=0, read_by="identity"
    )


FLOW = Flow(name="identity", things={"identity": _shared})
