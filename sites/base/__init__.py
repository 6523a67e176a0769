"""What every page and every site stands on."""
