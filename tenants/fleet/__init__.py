"""All sites as one: which of them lag behind the code, and bringing them up (ADR 0005)."""
