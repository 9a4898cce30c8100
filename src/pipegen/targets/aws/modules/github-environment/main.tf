# An environment of a GitHub repository: who approves, which branches may use it, and its secrets.
# A workflow cannot protect the environment it names: GitHub makes one that is missing, and protects it by nothing.

terraform {
  required_version = ">= 1.9"

  required_providers {
    github = {
      source  = "integrations/github"
      version = ">= 6.12, < 7.0"
    }
  }
}

data "github_team" "reviewer" {
  for_each = toset([for reviewer in var.reviewers : trimprefix(reviewer, "team/") if startswith(reviewer, "team/")])

  slug         = each.value
  summary_only = true # its members are nobody's business here
}

data "github_user" "reviewer" {
  for_each = toset([for reviewer in var.reviewers : trimprefix(reviewer, "user/") if startswith(reviewer, "user/")])

  username = each.value
}

resource "github_repository_environment" "this" {
  repository          = var.repository
  environment         = var.environment
  can_admins_bypass   = false
  prevent_self_review = length(var.reviewers) > 0

  dynamic "reviewers" {
    for_each = length(var.reviewers) > 0 ? [1] : []

    content {
      teams = [for team in data.github_team.reviewer : tonumber(team.id)]
      users = [for user in data.github_user.reviewer : tonumber(user.id)]
    }
  }

  # By patterns of our own, and not by which branches happen to be protected.
  deployment_branch_policy {
    protected_branches     = false
    custom_branch_policies = true
  }
}

resource "github_repository_environment_deployment_policy" "branch" {
  for_each = toset(var.branches)

  repository     = var.repository
  environment    = github_repository_environment.this.environment
  branch_pattern = each.value
}

resource "github_actions_environment_secret" "this" {
  for_each = nonsensitive(toset(keys(var.secrets))) # the names are in the workflows anyway

  repository  = var.repository
  environment = github_repository_environment.this.environment
  secret_name = each.value
  value       = var.secrets[each.value]
}
