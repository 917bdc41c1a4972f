"""兑现对照 measured: what is shown beside each measure of a plan against labels made by reading."""
