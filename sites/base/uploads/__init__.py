"""Files people upload: what is let in, under which name, and what is taken out of it.

Every way in meets the same two functions: `pictures.clean` for pictures, `documents.check` for
everything else. The forms call them to tell people what is wrong; the stored fields
(`fields.py`) call them for whoever stores a file without a form.
"""
