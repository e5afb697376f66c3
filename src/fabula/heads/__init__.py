"""Hidden states to scored candidates: the evidence on which ``resolve`` decides."""
