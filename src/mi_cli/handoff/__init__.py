"""From the plan to what a CBT therapist gets, and whether it may. Import the modules, not this package."""
