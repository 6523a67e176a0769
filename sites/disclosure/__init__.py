"""What an agency owes the public: projects, procurement, plans, data, programmes."""
