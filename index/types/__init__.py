"""The values that cross the seam: requests, answers, explanations, stories and notices."""
