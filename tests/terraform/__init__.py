"""The compiled AWS configuration and its modules, in the hands of the real terraform, without AWS or GitHub."""
