"""The web part: health for operators, the lender API and its docs, the consent page for owners."""
