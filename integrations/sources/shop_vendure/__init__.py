"""Online shop: a channel of a Vendure server, its orders, refunds and parcels."""
