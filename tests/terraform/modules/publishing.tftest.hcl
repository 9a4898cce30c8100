# Who may publish, and what. Nothing is applied, because nothing could be destroyed again.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name     = "production-web-publish"
  github   = { repository = "acme/web", repository_id = 12, owner_id = 34, environment = "production", ref = "refs/heads/main" }
  images   = { "production-web" = { immutable = true } }
  boundary = "arn:aws:iam::123456789012:policy/boundary"
}

run "as_usual" {
  command = plan
  module {
    source = "./modules/publishing"
  }

  assert {
    condition     = aws_ecr_repository.published["production-web"].image_tag_mutability == "IMMUTABLE"
    error_message = "A tag names one image for ever."
  }
  assert {
    condition     = aws_ecr_repository.published["production-web"].image_scanning_configuration[0].scan_on_push
    error_message = "Images are scanned."
  }
  assert {
    condition     = jsondecode(aws_iam_role.publish[0].assume_role_policy).Statement[0].Condition == { StringEquals = { for claim, value in { aud = "sts.amazonaws.com", sub = ["repo:acme/web:environment:production", "repo:acme@34/web@12:environment:production"], ref = "refs/heads/main", repository_id = "12" } : "token.actions.githubusercontent.com:${claim}" => value } }
    error_message = "The role trusts this repository, environment and branch alone, each claim to be equal."
  }
  assert {
    condition     = aws_iam_role.publish[0].permissions_boundary == var.boundary
    error_message = "The role must be bounded."
  }
  assert {
    condition     = alltrue([for rule in jsondecode(aws_ecr_lifecycle_policy.published["production-web"].policy).rules : rule.selection.countNumber >= 14])
    error_message = "Images that can be gone back to are kept."
  }
  assert {
    condition     = length(aws_iam_user.publish) == 0 && length(aws_iam_access_key.publish) == 0
    error_message = "Nobody has a key where a role is assumed."
  }
}

run "a_tag_that_moves" {
  command = plan
  module {
    source = "./modules/publishing"
  }

  variables {
    images = { "production-web" = { immutable = false } }
  }

  assert {
    condition     = aws_ecr_repository.published["production-web"].image_tag_mutability == "MUTABLE"
    error_message = "A tag moves only where that is asked for."
  }
}

run "access_keys" {
  command = plan
  module {
    source = "./modules/publishing"
  }

  variables {
    credentials = "access-keys"
  }

  assert {
    condition     = length(aws_iam_role.publish) == 0 && aws_iam_user.publish[0].permissions_boundary == var.boundary
    error_message = "A user stands in for the role, and is bounded."
  }
}

run "without_ids" {
  command = plan
  module {
    source = "./modules/publishing"
  }

  variables {
    github = { repository = "acme/web", environment = "production", ref = "refs/heads/main" }
  }

  expect_failures = [check.repository_is_known_by_its_ids]
}

run "any_branch_by_a_pattern" {
  command = plan
  module {
    source = "./modules/publishing"
  }

  variables {
    github = { repository = "acme/web", repository_id = 12, owner_id = 34, environment = "production", ref = "refs/heads/*" }
  }

  expect_failures = [var.github]
}
