"""Tax office, through a lender's own gateway."""
