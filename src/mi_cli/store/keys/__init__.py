"""The key file and every change to it, passphrases, the supervisor's key, and the encryption of one document."""
