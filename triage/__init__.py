"""What happens to a case: risk, flags, routing, life cycles, reception, desk, referrals, rounds."""
