# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 681807713ed987e11fb24c5079cade7244b08f7a6633da568b8a7094630924a7

# What an environment of a GitHub repository may publish to, and nothing that starts a deployment.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 6.0"
    }
  }
}

resource "aws_ecr_repository" "published" {
  # checkov:skip=CKV_AWS_51:tags can be moved only where the manifest asks for a moving tag
  for_each = { for name, image in var.images : name => image if !image.public }

  name = each.key
  # A moving tag cannot be pushed twice to a repository whose tags stay. Deployments follow digests all the same.
  image_tag_mutability = each.value.immutable ? "IMMUTABLE" : "MUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  # With the key that AWS keeps for ECR, which costs nothing. It cannot be chosen later.
  encryption_configuration {
    encryption_type = "KMS"
  }

  # Its images are what runs, and the only way back.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "published" {
  for_each = aws_ecr_repository.published

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "What no tag names any more"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
      {
        # An image that runs is not spared, so there are more than anybody will publish between two deployments.
        rulePriority = 2
        description  = "All but the newest 50, which can be rolled back to"
        selection    = { tagStatus = "tagged", tagPatternList = ["git-*"], countType = "imageCountMoreThan", countNumber = 50 }
        action       = { type = "expire" }
      },
    ]
  })
}
