"""One person in the data: what is kept about a client, for whoever asks, and how it is taken away without a trace."""
