# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 7c1b16e6b6b175a8433b267fd196d7b6ea49fe1c08217c83a7848f608f26fe59

output "environment" {
  description = "Name of the environment, once it is there."
  value       = github_repository_environment.this.environment
}
