"""The long proofs. Each module is a command that prints the figure it reached; the tests run a sample of each."""
