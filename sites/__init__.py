"""What a site shows and does: one app per noun."""
