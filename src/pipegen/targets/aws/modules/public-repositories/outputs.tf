output "urls" {
  description = "By name, the address that the repository's images are pulled from."
  value       = { for name, repository in aws_ecrpublic_repository.published : name => repository.repository_uri }
}
