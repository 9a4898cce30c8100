"""pipegen compiles one ``deploy.yaml`` into the GitHub Actions workflows of a CI/CD strategy.

Kept empty but for the version, because every command pays for what is imported here.
"""

__version__ = "0.2.0.dev0"
