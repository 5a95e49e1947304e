"""Who is looked for and how a name is recognised. `lists/*.yml` are what analysts edit."""
