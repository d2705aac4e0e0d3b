"""A pair of clips to an estimate: candidate lags, fine offset and drift, probability."""
