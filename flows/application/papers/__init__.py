"""Papers: the kinds an owner may send, what each says, what it may fill and whom it must bear."""
