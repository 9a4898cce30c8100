# An environment on GitHub: who approves, and which branches may use it.

mock_provider "github" {}

variables {
  repository  = "web"
  environment = "production"
  reviewers   = ["team/deployers"]
  branches    = ["main"]
}

override_data {
  target = data.github_team.reviewer
  values = { id = "7" }
}

run "as_usual" {
  module {
    source = "./modules/github-environment"
  }

  assert {
    condition     = github_repository_environment.this.can_admins_bypass == false
    error_message = "Administrators wait for an approval as well."
  }
  assert {
    condition     = github_repository_environment.this.prevent_self_review
    error_message = "Nobody approves what they started."
  }
  assert {
    condition     = one(github_repository_environment.this.reviewers).teams == toset([7])
    error_message = "The team approves."
  }
  assert {
    condition     = one(github_repository_environment.this.deployment_branch_policy).custom_branch_policies && !one(github_repository_environment.this.deployment_branch_policy).protected_branches
    error_message = "Branches are named, and not whichever are protected."
  }
  assert {
    condition     = [for policy in values(github_repository_environment_deployment_policy.branch) : policy.branch_pattern] == ["main"]
    error_message = "Only the publishing branch."
  }
}

run "nobody_reviews" {
  module {
    source = "./modules/github-environment"
  }

  variables {
    reviewers = []
  }

  assert {
    condition     = length(github_repository_environment.this.reviewers) == 0 && !github_repository_environment.this.prevent_self_review
    error_message = "Without reviewers nobody waits."
  }
}

run "a_person_without_a_kind" {
  command = plan
  module {
    source = "./modules/github-environment"
  }

  variables {
    reviewers = ["octocat"]
  }

  expect_failures = [var.reviewers]
}
