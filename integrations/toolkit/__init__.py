"""What every source is built with: manifest, bounded HTTP client, OAuth, redaction, sandbox parts."""
