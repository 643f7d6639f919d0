"""Books: receivables and payables of a Kingdee Cloud (K3Cloud) account."""
