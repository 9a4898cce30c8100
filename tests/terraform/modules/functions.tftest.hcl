# Functions: they are given code, and called by nobody here.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name     = "staging-notifier"
  bucket   = "staging-artifacts"
  prefix   = "notifier"
  packages = { notifier = { functions = [{ name = "staging-slack" }, { name = "staging-canary", optional = true }] } }
}

run "as_usual" {
  module {
    source = "./modules/functions"
  }

  assert {
    condition     = toset(keys(aws_ssm_parameter.wanted)) == toset(["notifier"])
    error_message = "Each package has its record."
  }
  assert {
    condition     = toset(flatten([for statement in local.statements : statement.Action if startswith(statement.Sid, "GiveTheCode")])) == toset([for action in ["CreateAlias", "GetAlias", "GetFunctionConfiguration", "PublishVersion", "UpdateAlias", "UpdateFunctionCode"] : "lambda:${action}"])
    error_message = "Functions are given code, and called by nobody."
  }
  assert {
    condition     = toset(one([for statement in local.statements : statement.Resource if statement.Sid == "GiveTheCode"])) == toset([for name in ["canary", "slack"] : "arn:aws:lambda:eu-west-2:123456789012:function:staging-${name}"])
    error_message = "Only the named functions are given code."
  }
}

run "both" {
  command = plan
  module {
    source = "./modules/functions"
  }

  variables {
    image = { repository = { arn = "a", url = "u", name = "n" }, functions = [] }
  }

  expect_failures = [var.image]
}
