"""The ledger: acts, feelings, bonds, each with its passage; pure functions of an Analysis."""
