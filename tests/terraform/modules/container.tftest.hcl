# What a container needs: nothing that is secret is in the task definition, and its roles may do no more than it takes.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name       = "staging-web"
  family     = "staging-web"
  container  = "staging-web"
  cpu        = 256
  memory     = 512
  port       = 8080
  variables  = { LOG_LEVEL = "info" }
  secrets    = ["SESSION_KEY"]
  repository = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/staging-web", url = "registry.example/staging-web", name = "staging-web" }
  boundary   = "arn:aws:iam::123456789012:policy/boundary"
}

run "as_usual" {
  module {
    source = "./modules/container"
  }

  assert {
    condition     = aws_ecs_task_definition.template.family == "staging-web-template"
    error_message = "Whoever runs the family must never get the template."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.template.container_definitions)[0].secrets[0].valueFrom == aws_secretsmanager_secret.this["SESSION_KEY"].arn
    error_message = "A secret is given by the ARN of its entry."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.template.container_definitions)[0].environment == [{ name = "LOG_LEVEL", value = "info" }]
    error_message = "A secret is no variable."
  }
  assert {
    condition     = aws_secretsmanager_secret.this["SESSION_KEY"].name == "staging-web/SESSION_KEY"
    error_message = "The entry of a secret is <name>/<SECRET>."
  }
  assert {
    condition     = one([for statement in data.aws_iam_policy_document.execution.statement : statement.resources if statement.sid == "ReadSecrets"]) == toset([aws_secretsmanager_secret.this["SESSION_KEY"].arn])
    error_message = "Only the named secrets may be read."
  }
  assert {
    condition     = one([for statement in data.aws_iam_policy_document.execution.statement : statement.resources if statement.sid == "PullTheImage"]) == toset([var.repository.arn])
    error_message = "Only this image may be pulled."
  }
  assert {
    condition     = aws_iam_role.execution.permissions_boundary == var.boundary && aws_iam_role.task.permissions_boundary == var.boundary
    error_message = "Both roles must be bounded."
  }
  assert {
    condition     = contains(data.aws_iam_policy_document.trust.statement[0].condition[*].variable, "aws:SourceAccount")
    error_message = "ECS may be the roles for this account alone."
  }
}

run "without_secrets" {
  module {
    source = "./modules/container"
  }

  variables {
    secrets = []
  }

  assert {
    condition     = !contains(data.aws_iam_policy_document.execution.statement[*].sid, "ReadSecrets")
    error_message = "Without secrets none may be read."
  }
}
