"""Where what the sites publish comes together."""
