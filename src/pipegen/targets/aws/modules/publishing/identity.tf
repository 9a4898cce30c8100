# Who publishes: GitHub's jobs as a role, or a user whose access keys are secrets of the GitHub environment.

locals {
  oidc   = var.credentials == "oidc"
  issuer = "token.actions.githubusercontent.com"

  owner      = split("/", var.github.repository)[0]
  repository = split("/", var.github.repository)[1]
  ids_known  = var.github.owner_id != null && var.github.repository_id != null

  # Repositories that were made, renamed or transferred since 15 July 2026 sign with ids, older ones without.
  subjects = concat(
    ["repo:${var.github.repository}:environment:${var.github.environment}"],
    local.ids_known ? ["repo:${local.owner}@${var.github.owner_id}/${local.repository}@${var.github.repository_id}:environment:${var.github.environment}"] : [],
  )

  # An environment's subject names no branch, hence `ref`. The id tells a repository from a later one of the same name.
  claims = {
    aud           = "sts.amazonaws.com"
    sub           = local.subjects
    ref           = var.github.ref
    repository_id = var.github.repository_id == null ? null : tostring(var.github.repository_id)
  }
}

# The account has one for all repositories.
data "aws_iam_openid_connect_provider" "github" {
  count = local.oidc ? 1 : 0
  url   = "https://${local.issuer}"
}

# A warning of every plan until the ids are there.
check "repository_is_known_by_its_ids" {
  assert {
    condition     = !local.oidc || local.ids_known
    error_message = "The role ${var.name} trusts whoever has the name ${var.github.repository}, and not if that repository was made, renamed or transferred since 15 July 2026. State the ids in deploy.yaml: gh api repos/${var.github.repository} --jq '{id: .id, \"owner-id\": .owner.id}'"
  }
}

resource "aws_iam_role" "publish" {
  count = local.oidc ? 1 : 0

  name                 = var.name
  description          = "What ${var.github.repository} may publish to ${var.github.environment}"
  permissions_boundary = var.boundary

  # Each claim must be there and be equal: no StringLike, no ...IfExists, no ForAllValues, which a missing claim passes.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = data.aws_iam_openid_connect_provider.github[0].arn }
      Condition = {
        StringEquals = { for claim, wanted in local.claims : "${local.issuer}:${claim}" => wanted if wanted != null }
      }
    }]
  })
}

resource "aws_iam_role_policy" "publish" {
  count = local.oidc ? 1 : 0

  name   = "publish"
  role   = aws_iam_role.publish[0].name
  policy = local.policy
}

resource "aws_iam_user" "publish" {
  # checkov:skip=CKV_AWS_273:made only where the manifest asks for access keys
  count = local.oidc ? 0 : 1

  name                 = var.name
  permissions_boundary = var.boundary
}

resource "aws_iam_user_policy" "publish" {
  # checkov:skip=CKV_AWS_40:the user is the only one who may do this
  count = local.oidc ? 0 : 1

  name   = "publish"
  user   = aws_iam_user.publish[0].name
  policy = local.policy
}

# Its secret is in Terraform's state, which must be kept as a secret. It is replaced with `-replace`.
resource "aws_iam_access_key" "publish" {
  count = local.oidc ? 0 : 1

  user = aws_iam_user.publish[0].name

  # A user may have two keys, so that a replaced one is good until the new one is in GitHub.
  lifecycle {
    create_before_destroy = true
  }
}
