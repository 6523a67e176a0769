"""Vietnamese text: folding, slugs, codes, order, dates, encodings. No models, no database."""
