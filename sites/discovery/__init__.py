"""How machines find a site's pages: feeds, site maps, descriptions, what stands in the head."""
