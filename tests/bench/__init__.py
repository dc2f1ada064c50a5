"""How speed is stated (design §10): median(product) / median(peer) over interleaved pairs. No timed tests."""
