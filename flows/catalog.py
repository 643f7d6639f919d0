"""The flows, in the order of the journey. A wrong declaration stops the program at start with one sentence."""

from flows import (
    choosing,
    confirm,
    connect,
    consult,
    cosigners,
    declaring,
    desk,
    dispute,
    documents,
    explain,
    fetch,
    fill,
    find,
    handover,
    identify,
    identity,
    leaving,
    need,
    notices,
    offers,
    papers,
    privacy,
    proof,
    questions,
    report,
    rereading,
    review,
    sign_in,
    status,
    submit,
    tasks,
    waiting,
    welcome,
)
from flows.engine.course import Catalog
from flows.errors import WrongDeclaration

JOURNEY = (
    handover.FLOW,
    desk.FLOW,
    leaving.FLOW,
    privacy.FLOW,
    questions.FLOW,
    confirm.FLOW,
    consult.FLOW,
    welcome.FLOW,
    identity.FLOW,
    papers.FLOW,
    rereading.FLOW,
    find.FLOW,
    identify.FLOW,
    need.FLOW,
    documents.FLOW,
    connect.FLOW,
    sign_in.FLOW,
    fetch.FLOW,
    report.FLOW,
    dispute.FLOW,
    declaring.FLOW,
    fill.FLOW,
    explain.FLOW,
    proof.FLOW,
    choosing.FLOW,
    review.FLOW,
    submit.FLOW,
    offers.FLOW,
    cosigners.FLOW,
    tasks.FLOW,
    waiting.FLOW,
    notices.FLOW,
    status.FLOW,
)


def load() -> Catalog:
    """The checked catalogue. Raises WrongDeclaration when two flows claim the same name, button or command."""
    for what in ("steps", "anywhere", "commands", "takes"):
        owners: dict[str, str] = {}
        for flow in JOURNEY:
            names = [step.name for step in flow.steps] if what == "steps" else list(getattr(flow, what))
            for name in names:
                if name in owners:
                    where = f"flows/{flow.name}.py"
                    raise WrongDeclaration(where, f"{name!r} ({what}) is taken by {owners[name]}", "Rename one of them")
                owners[name] = flow.name
    return Catalog(JOURNEY)
