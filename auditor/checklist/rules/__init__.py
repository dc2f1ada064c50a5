"""What a checklist as a whole must keep, one rule one function: from an outline, the flaws found."""
