"""Understanding a customer without a model, in milliseconds."""
