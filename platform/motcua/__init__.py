"""The machinery every site stands on."""
