"""Readings from outside: the weather, exchange rates. Fetched by jobs, kept, shown with their time.

A kind of reading is a class (`motcua.readings.providers.Provider`); an administrator of the
province switches it on; a job asks for it now and then; pages show the last good value.
"""
