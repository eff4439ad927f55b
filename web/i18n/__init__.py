"""The languages of the interface: negotiation, translation and formatting."""
