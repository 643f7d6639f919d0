"""Parcels: what a carrier or a shipping platform has picked up for the business."""
