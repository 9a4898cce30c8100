"""Runs that write: `scenarios` are the changes that are carried out, and `tracing` runs the real program under strace.

strace lists its calls of the system and tampers with one of them: the modules of `proofs` kill and refuse with it.
"""
