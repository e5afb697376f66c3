"""How the weights of the package are made; needs torch, and is no part of the wheel."""
