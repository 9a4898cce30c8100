# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 58501ba0bba6b1c961c0fc1d1ebba27f3a3b6a3c4edeeeaa24f132f018c6a6e7

# The further families: task definitions of others that use the image. Their newest revision is copied with the new image,
# and is otherwise left as it is.
#
#   Deploy: for each family  ReadFamily → UsesTheImage ┬→ RegisterFamily → Registered
#   (every hour, too)                                  ├→ Current
#                                                      └→ NotUsed
#   then AnyChange → Tell → AnyFailed → Ready or Failed

# A family must be there already. Its roles are those that a copy has to be given.
data "aws_ecs_task_definition" "family" {
  for_each        = toset(var.families)
  task_definition = each.key
}

locals {
  sdk       = "arn:${data.aws_partition.current.partition}:states:::aws-sdk"
  revisions = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:task-definition"
  roles     = sort(distinct(compact(flatten([for family in data.aws_ecs_task_definition.family : [family.execution_role_arn, family.task_role_arn]]))))

  # Every call may fail for a moment, but a family or a topic that is gone does not come back.
  retry = [
    { ErrorEquals = ["Ecs.ClientException", "Sns.NotFoundException"], MaxAttempts = 0 },
    { ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 2, BackoffRate = 2, MaxAttempts = 4, JitterStrategy = "FULL" },
  ]
  # A family that fails keeps no other from the image: the execution fails in the end.
  catch = [{
    ErrorEquals = ["States.ALL"]
    Output      = { family = "{% $target %}", result = "failed", because = "{% $states.errorOutput.Error & ': ' & $states.errorOutput.Cause %}" }
    Next        = "NotUpdated"
  }]

  states = merge(local.tell, {
    # Instead of the state of this name in `rollout`, which ends there: a family may have changed since.
    AlreadyRolledOut = {
      Type   = "Pass"
      Assign = { taskDefinition = "{% '' %}" }
      Next   = "Deploy"
    }

    Deploy = {
      Type           = "Map"
      Items          = "{% ${jsonencode(var.families)} %}"
      MaxConcurrency = 5
      ItemProcessor = {
        ProcessorConfig = { Mode = "INLINE" }
        StartAt         = "Family"
        States          = local.family_states
      }
      Assign = { families = "{% [$states.result] %}" }
      Next   = var.notifications == null ? "AnyFailed" : "AnyChange"
    }

    AnyFailed = {
      Type    = "Choice"
      Choices = [{ Condition = "{% 'failed' in $families.result %}", Next = "Failed" }]
      Default = "Ready"
    }

    Failed = {
      Type  = "Fail"
      Error = "FamilyNotUpdated"
      Cause = "{% $join($families[result = 'failed'].(family & ': ' & because), '\\n') %}"
    }

    Ready = {
      Type   = "Succeed"
      Output = { result = "ready", image = "{% $wanted.image %}", task_definition = "{% $taskDefinition %}", families = "{% $families %}" }
    }
  })

  # Only where somebody is told. A message that cannot be sent changes nothing else.
  tell = { for name, state in local.telling : name => state if var.notifications != null }

  telling = {
    AnyChange = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $taskDefinition != '' or $count($families[result != 'current']) > 0 %}", Next = "Tell" }]
      Default = "AnyFailed"
    }

    Tell = {
      Type     = "Task"
      Resource = "${local.sdk}:sns:publish"
      Arguments = {
        TopicArn = one(var.notifications[*].topic_arn)
        # The form that the chat service shows; it drops any other.
        Message = join(" ", [
          "{% $string({",
          "'version': '1.0', 'source': 'custom',",
          "'content': {",
          "'textType': 'client-markdown',",
          "'title': '${var.name}: ' & ('failed' in $families.result ? 'not every task definition has the new image' : 'ready to run'),",
          "'description': $join($append(",
          "['The next run of ${var.family} uses ' & $wanted.tag & '.'],",
          "[$map($families, function($f) { $f.family & ': ' & $f.result & ($exists($f.because) ? ' (' & $f.because & ')' : '') })]",
          "), '\\n')",
          "},",
          "'metadata': { 'threadId': '${var.name}', 'summary': '${var.name}: ' & $wanted.tag }",
          "}) %}",
        ])
      }
      Retry = local.retry
      Catch = [{ ErrorEquals = ["States.ALL"], Next = "AnyFailed" }]
      Next  = "AnyFailed"
    }
  }

  family_states = {
    Family = {
      Type   = "Pass"
      Assign = { target = "{% $states.input %}" }
      Next   = "ReadFamily"
    }

    ReadFamily = {
      Type      = "Task"
      Resource  = "${local.sdk}:ecs:describeTaskDefinition"
      Arguments = { TaskDefinition = "{% $target %}", Include = ["TAGS"] }
      Assign = {
        current     = "{% $states.result.TaskDefinition %}"
        currentTags = "{% $exists($states.result.Tags) ? [$states.result.Tags] : [] %}"
        # The images that it has from the repository, under whichever tag or digest.
        images = "{% [$filter($states.result.TaskDefinition.ContainerDefinitions.Image, function($image) { $split($image, /[:@]/)[0] = '${var.repository.url}' })] %}"
      }
      Retry = local.retry
      Catch = local.catch
      Next  = "UsesTheImage"
    }

    UsesTheImage = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $count($images) = 0 %}", Next = "NotUsed" },
        { Condition = "{% $count($filter($images, function($image) { $image != $wanted.image })) = 0 %}", Next = "Current" },
      ]
      Default = "RegisterFamily"
    }
    NotUsed = {
      Type   = "Pass"
      Output = { family = "{% $target %}", result = "failed", because = "none of its containers uses ${var.repository.url}" }
      End    = true
    }
    Current = {
      Type   = "Pass"
      Output = { family = "{% $target %}", result = "current" }
      End    = true
    }

    RegisterFamily = {
      Comment  = "What only a registered revision has is left out: AWS does not take it."
      Type     = "Task"
      Resource = "${local.sdk}:ecs:registerTaskDefinition"
      Arguments = join(" ", [
        "{% $merge([",
        "$sift($current, function($value, $key) { $not($key in [${join(", ", formatlist("'%s'", local.of_revisions_only))}]) }),",
        "{ 'ContainerDefinitions': [$map($current.ContainerDefinitions, function($container) {",
        "$container.Image in $images ? $merge([$container, { 'Image': $wanted.image }]) : $container })] },",
        "$count($currentTags) > 0 ? { 'Tags': $currentTags } : {}",
        "]) %}",
      ])
      Retry  = local.retry
      Catch  = local.catch
      Output = { family = "{% $target %}", result = "updated", task_definition = "{% $states.result.TaskDefinition.TaskDefinitionArn %}" }
      End    = true
    }
    NotUpdated = { Type = "Pass", End = true }
  }

  # Members of a described task definition that RegisterTaskDefinition does not take.
  of_revisions_only = [
    "Compatibilities", "DeleteRequestedAt", "DeregisteredAt", "RegisteredAt", "RegisteredBy", "RequiresAttributes",
    "Revision", "Status", "TaskDefinitionArn",
  ]
}

data "aws_iam_policy_document" "families" {
  dynamic "statement" {
    for_each = length(var.families) > 0 ? [1] : []
    content {
      sid       = "RegisterRevisionsOfOthers"
      actions   = ["ecs:RegisterTaskDefinition"]
      resources = [for family in var.families : "${local.revisions}/${family}:*"]
    }
  }
  dynamic "statement" {
    for_each = length(var.families) > 0 ? [1] : []
    content {
      sid       = "KeepTheTagsOfOthers"
      actions   = ["ecs:TagResource"]
      resources = [for family in var.families : "${local.revisions}/${family}:*"]
      condition {
        test     = "StringEquals"
        variable = "ecs:CreateAction"
        values   = ["RegisterTaskDefinition"]
      }
    }
  }
  dynamic "statement" {
    for_each = length(local.roles) > 0 ? [1] : []
    content {
      sid       = "PassTheRolesOfOthers"
      actions   = ["iam:PassRole"]
      resources = local.roles
      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["ecs-tasks.amazonaws.com"]
      }
    }
  }
  dynamic "statement" {
    for_each = var.notifications[*].topic_arn
    content {
      sid       = "Tell"
      actions   = ["sns:Publish"]
      resources = [statement.value]
    }
  }
}
