# A data task: it is made ready to run, and never run.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name       = "staging-collection"
  family     = "staging-collection-task"
  cpu        = 1024
  memory     = 4096
  families   = ["nightly"]
  repository = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/staging-collection", url = "registry.example/staging-collection", name = "staging-collection" }
}

override_data {
  target = data.aws_ecs_task_definition.family
  values = { execution_role_arn = "arn:aws:iam::123456789012:role/e", task_role_arn = "arn:aws:iam::123456789012:role/t" }
}

run "as_usual" {
  module {
    source = "./modules/task"
  }

  assert {
    condition     = toset([for name, state in local.family_states : state.Resource if lookup(state, "Resource", "") != ""]) == toset([for action in ["describeTaskDefinition", "registerTaskDefinition"] : "${local.sdk}:ecs:${action}"])
    error_message = "A family is described and registered, and nothing is started."
  }
  assert {
    condition     = one([for statement in data.aws_iam_policy_document.families.statement : statement.resources if statement.sid == "PassTheRolesOfOthers"]) == toset(["arn:aws:iam::123456789012:role/e", "arn:aws:iam::123456789012:role/t"])
    error_message = "Only the roles that the families have may be passed."
  }
  assert {
    condition     = alltrue([for resource in one([for statement in data.aws_iam_policy_document.families.statement : statement.resources if statement.sid == "RegisterRevisionsOfOthers"]) : endswith(resource, ":task-definition/nightly:*")])
    error_message = "Only the named families may be registered."
  }
  assert {
    condition     = output.family == "staging-collection-task"
    error_message = "The family is run without a revision."
  }
}
