output "environment" {
  description = "Name of the environment, once it is there."
  value       = github_repository_environment.this.environment
}
