"""The packet as a lender reads it: what was signed, the consents it rests on, and where it stands now."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.web.wire import DocumentHash, PacketAnswer, PacketConsent, PacketField, PacketStatus, PacketTask
from flows.application.lifecycle import Status, whose_turn
from flows.application.values import DOCUMENT
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation, Submission
from flows.ports import Offer
from integrations.database.queries.lenders import Packet, StoredApplication


def documents(stored: StoredApplication, packet: Packet, conversation: Conversation | None) -> Mapping[str, str]:
    """The files that this lender may read, id to kind: what the owner sent back, and what an active consent covers."""
    submission = _submission(conversation, stored.id)
    if conversation is None or submission is None:
        return {}
    found: dict[str, str] = {}
    for consent in packet.consents:
        now = conversation.consents.get(consent.id, consent)
        if now.state is ConsentState.ACTIVE and stored.lender in now.recipients:
            found |= _kinds(now)
    for task in _answers(submission):
        found |= dict.fromkeys(task.documents, task.action.document or task.action.type)
    return found


def _kinds(consent: Consent) -> Mapping[str, str]:
    """The files of a consent, each with what it is: the kind of paper, else the source whose records it holds."""
    if consent.source == DOCUMENT:  # it names a kind for each
        return dict(zip(consent.documents, consent.kinds, strict=True))
    return dict.fromkeys(consent.documents, consent.source)


def answer(
    stored: StoredApplication,
    packet: Packet,
    conversation: Conversation | None,
    now: datetime,
    kept: Iterable[DocumentHash] = (),
) -> PacketAnswer:
    """Put a packet together as of `now`, with the documents that are `kept`.

    Of the owner's consents only those that a value or feature here came by are given: what an owner refused is
    nobody's business. They are given as they stand now, so that a lender sees which were revoked.
    """
    application = packet.application
    chosen = {name: value.candidate for name, value in application.values.items() if value.candidate is not None}
    used = {each.consent_id for each in chosen.values()} | {each.consent_id for each in application.features}
    used |= {each.id for each in packet.consents if each.source == DOCUMENT and stored.lender in each.recipients}
    consents = {each.id: each for each in packet.consents}
    submission = _submission(conversation, stored.id)
    if conversation is not None:
        consents |= {key: now for key, now in conversation.consents.items() if key in consents}
    return PacketAnswer(
        application_id=stored.id,
        lender=stored.lender,
        product=application.product,
        signed_at=application.signed_at,
        submitted_at=stored.submitted_at,
        issued_at=now,
        status=_status(stored, submission),
        accepted_offer=_accepted(submission),
        answers=_answers(submission),
        why_ended=submission.why_ended or None if submission is not None else None,
        fields={
            name: PacketField.model_validate(candidate, from_attributes=True) for name, candidate in chosen.items()
        },
        features=application.features,
        consents=tuple(
            PacketConsent.model_validate(consent, from_attributes=True)
            for key, consent in consents.items()
            if key in used
        ),
        documents=tuple(kept),
    )


def _submission(conversation: Conversation | None, application_id: str) -> Submission | None:
    if conversation is None:
        return None
    all_of_them = (*conversation.submissions, *conversation.past)
    return next((each for each in all_of_them if each.application_id == application_id), None)


def _status(stored: StoredApplication, submission: Submission | None) -> PacketStatus:
    status = submission.status if submission is not None else Status(stored.status)
    return PacketStatus(
        status=status,
        since=submission.since if submission is not None else None,
        turn=whose_turn(status),
        expected_by=submission.expected_by if submission is not None else None,
    )


def _answers(submission: Submission | None) -> tuple[PacketTask, ...]:
    """What the owner gave for the lender's latest actions, once it was sent."""
    if submission is None or submission.status is Status.ACTION_REQUIRED:
        return ()
    return tuple(
        PacketTask(
            action=submission.actions[each.place],
            value=each.value,
            files=tuple(file.name for file in each.files),
            documents=each.documents,
            possible=each.possible,
            answered_at=each.at,
        )
        for each in submission.answers
        if each.place < len(submission.actions)
    )


def _accepted(submission: Submission | None) -> Offer | None:
    if submission is None:
        return None
    offers = (*submission.offers, *submission.past_offers)
    return next((offer for offer in offers if offer.offer_id == submission.accepted), None)
