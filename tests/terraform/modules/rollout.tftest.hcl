# From a pushed image to a revision: which pushes count, and what the machine may do.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name       = "staging-web"
  repository = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/staging-web", url = "registry.example/staging-web", name = "staging-web" }
  container = {
    template_family    = "staging-web-template"
    family             = "staging-web"
    container          = "staging-web"
    execution_role_arn = "arn:aws:iam::123456789012:role/staging-web-execution"
    task_role_arn      = "arn:aws:iam::123456789012:role/staging-web-task"
  }
  deploy_states = "{\"Deploy\": {\"Type\": \"Succeed\"}}"
  deploy_policy = "{}"
}

run "as_usual" {
  module {
    source = "./modules/rollout"
  }

  assert {
    condition     = jsondecode(local.event_pattern).detail["image-tag"] == [{ prefix = "git-" }] && jsondecode(local.event_pattern).detail["repository-name"] == ["staging-web"]
    error_message = "Only unique tags of this repository count."
  }
  assert {
    condition     = jsondecode(local.event_pattern).detail["action-type"] == ["PUSH"] && jsondecode(local.event_pattern).detail.result == ["SUCCESS"]
    error_message = "Only pushes that succeeded count."
  }
  assert {
    condition     = one([for statement in data.aws_iam_policy_document.this.statement : statement.resources if statement.sid == "PassTheRolesOfTheContainer"]) == toset([var.container.execution_role_arn, var.container.task_role_arn])
    error_message = "Only the two roles of the container may be passed."
  }
  assert {
    condition     = one(one([for statement in data.aws_iam_policy_document.this.statement : statement.condition if statement.sid == "PassTheRolesOfTheContainer"])).values == tolist(["ecs-tasks.amazonaws.com"])
    error_message = "Roles may be passed to tasks alone."
  }
  assert {
    condition     = alltrue([for resource in one([for statement in data.aws_iam_policy_document.this.statement : statement.resources if statement.sid == "RegisterRevisions"]) : endswith(resource, ":task-definition/staging-web:*")])
    error_message = "Only revisions of this family may be registered."
  }
  assert {
    condition     = toset([for name, state in local.states : name if endswith(lookup(state, "Resource", ""), "runTask")]) == toset([])
    error_message = "No rollout starts a task."
  }
}
