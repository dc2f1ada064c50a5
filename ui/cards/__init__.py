"""Item cards: what is asked, the answer, why points were lost, and the evidence."""
