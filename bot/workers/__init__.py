"""What carries committed effects out: delivery, background work, the clock. What they learn enters by the door."""
