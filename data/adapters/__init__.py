"""Public datasets: official file layout in, typed samples out; one file each."""
