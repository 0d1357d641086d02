"""Fourth stage: the plan is written into Wagtail."""
