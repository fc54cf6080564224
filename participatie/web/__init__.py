"""What all blueprints share: access, the transaction, forms, refusals, languages, errors, caching."""
