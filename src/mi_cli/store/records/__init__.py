"""Reading, listing and saving records; consents and disclosures; the log."""
