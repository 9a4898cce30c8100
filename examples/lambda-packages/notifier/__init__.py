"""Posts what happens to deployments to a Slack channel."""
