# Repositories of the public registry. They exist in one region only, so this module is called with a provider for us-east-1.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 6.0"
    }
  }
}

resource "aws_ecrpublic_repository" "published" {
  for_each        = var.names
  repository_name = each.value

  # Others may run what was published here.
  lifecycle {
    prevent_destroy = true
  }
}
