"""Weather, exchange rates and notices beside the pages."""
