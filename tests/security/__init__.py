"""What an attacker would try, tried: one file for each way in."""
