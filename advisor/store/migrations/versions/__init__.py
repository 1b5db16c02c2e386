"""One file a migration; what is here was released and is not edited."""
