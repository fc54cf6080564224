"""Was this panel drawn as it was bound beforehand? Checks the bundle of a lot with no database, no network and no web.

The public part needs Python alone. With the sealed list besides, the engine that made the panels makes them again.
"""
