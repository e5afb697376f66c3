"""What words alone say: gender, titles, given names, pronoun forms."""
