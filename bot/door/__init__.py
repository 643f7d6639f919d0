"""The one door: events in, once and in order; state and effects committed together before anybody is answered."""
