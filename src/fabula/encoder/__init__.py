"""One small transformer: tokens to word pieces, windows, hidden states."""
