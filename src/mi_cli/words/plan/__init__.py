"""The words around a change plan: one shape, and a module for each language."""
