"""A believable bank to try the program on: branches, shoppers, months of visits. The same seed gives the same bank."""
