"""Every word that a person reads: a package for each subject, in it one shape and a module for each language."""
