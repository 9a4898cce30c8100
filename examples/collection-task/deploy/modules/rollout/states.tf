# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 09b9b90c90abca43efcae390ebd59a496f81367d43c569f9c96d1b4262fc5b13

# The states of every rollout, in the order in which they run:
#
#   Start → ReadRecord → ReadTemplate → WhichImage ┬ event ─────────────────┬→ Decide → Record → Register ─┐
#                                                  ├ tag → FindTagged ──────┤    └→ nothing to do          │
#                                                  └ else → FindNewest ─────┘                              │
#                            Deploy (the caller's) ← StillWanted ← ReadRecordAgain ←───────────────────────┘
#
# Times are compared as milliseconds: as texts, "…:00.5Z" would come before "…:00Z".

locals {
  # Every call may fail for a moment. What one of them must not repeat is named there.
  retry = [{ ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 2, BackoffRate = 2, MaxAttempts = 4, JitterStrategy = "FULL" }]

  states = {
    Start = {
      Type = "Pass"
      Assign = {
        force        = "{% $exists($states.input.force) and $states.input.force = true %}"
        ignoreAlarms = "{% $exists($states.input.ignore_alarms) and $states.input.ignore_alarms = true %}"
        input        = "{% $states.input %}"
      }
      Next = "ReadRecord"
    }

    ReadRecord = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = aws_ssm_parameter.image.name }
      Assign = {
        recorded = "{% $parse($states.result.Parameter.Value) %}"
        failed   = "{% ($record := $parse($states.result.Parameter.Value); $exists($record.failed) ? $record.failed : {}) %}"
      }
      Retry = local.retry
      Next  = "ReadTemplate"
    }

    ReadTemplate = {
      Type      = "Task"
      Resource  = "${local.sdk}:ecs:describeTaskDefinition"
      Arguments = { TaskDefinition = var.container.template_family, Include = ["TAGS"] }
      Assign = {
        template = "{% $states.result.TaskDefinition %}"
        tags     = "{% $exists($states.result.Tags) ? [$states.result.Tags] : [] %}"
      }
      Retry = local.retry
      Next  = "WhichImage"
    }

    WhichImage = {
      Type = "Choice"
      Choices = [
        {
          Comment   = "An image was pushed."
          Condition = "{% $exists($input.detail.'image-digest') %}"
          Assign = {
            wanted = {
              image     = "{% '${var.repository.url}@' & $input.detail.'image-digest' %}"
              tag       = "{% $input.detail.'image-tag' %}"
              pushed_at = "{% $input.time %}"
              template  = "{% $template.TaskDefinitionArn %}"
            }
          }
          Next = "Decide"
        },
        {
          Condition = "{% $exists($input.tag) %}"
          Next      = "FindTagged"
        },
      ]
      Default = "FindNewest"
    }

    FindTagged = {
      Comment   = "The image that somebody asked for. It counts as pushed now, so that the hourly run does not undo it."
      Type      = "Task"
      Resource  = "${local.sdk}:ecr:describeImages"
      Arguments = { RepositoryName = var.repository.name, ImageIds = [{ ImageTag = "{% $input.tag %}" }] }
      Assign = {
        wanted = {
          image     = "{% '${var.repository.url}@' & $states.result.ImageDetails[0].ImageDigest %}"
          tag       = "{% $input.tag %}"
          pushed_at = "{% $states.context.Execution.StartTime %}"
          template  = "{% $template.TaskDefinitionArn %}"
        }
      }
      Retry = concat([{ ErrorEquals = ["Ecr.ImageNotFoundException"], MaxAttempts = 0 }], local.retry)
      Next  = "Decide"
    }

    FindNewest = {
      Comment   = "The newest image, unless what was rolled out last is newer, such as after a way back, or it failed."
      Type      = "Task"
      Resource  = "${local.sdk}:ecr:describeImages"
      Arguments = { RepositoryName = var.repository.name, Filter = { TagStatus = "TAGGED" }, MaxResults = 500 }
      Assign = {
        wanted = join(" ", [
          "{% (",
          "$tag := function($image) { $filter($image.ImageTags, function($tag) { $substring($tag, 0, 4) = 'git-' })[0] };",
          "$images := $filter($states.result.ImageDetails, function($image) { $exists($tag($image)) });",
          "$newest := $sort($images, function($a, $b) { $toMillis($a.ImagePushedAt) < $toMillis($b.ImagePushedAt) })[0];",
          "$image := '${var.repository.url}@' & $newest.ImageDigest;",
          "$merge([",
          "$exists($newest) and $toMillis($newest.ImagePushedAt) > $toMillis($recorded.pushed_at) and ($force or $not($image = $failed.image))",
          "? { 'image': $image, 'tag': $tag($newest), 'pushed_at': $newest.ImagePushedAt }",
          ": { 'image': $recorded.image, 'tag': $recorded.tag, 'pushed_at': $recorded.pushed_at },",
          "$force ? $failed : {},",
          "{ 'template': $template.TaskDefinitionArn }",
          "])",
          ") %}",
        ])
      }
      Retry = local.retry
      Next  = "Decide"
    }

    Decide = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $wanted.image = '' %}", Next = "NothingPublished" },
        { Condition = "{% $force %}", Next = "Record" },
        { Condition = "{% $recorded.image = $wanted.image and $recorded.template = $wanted.template %}", Next = "AlreadyRolledOut" },
        { Condition = "{% $wanted.image = $failed.image and $toMillis($recorded.pushed_at) >= $toMillis($wanted.pushed_at) %}", Next = "FailedBefore" },
        { Condition = "{% $toMillis($recorded.pushed_at) > $toMillis($wanted.pushed_at) %}", Next = "Superseded" },
      ]
      Default = "Record"
    }

    NothingPublished = { Type = "Succeed", Output = { result = "nothing-published" } }
    AlreadyRolledOut = { Type = "Succeed", Output = { result = "already-rolled-out", image = "{% $wanted.image %}" } }
    FailedBefore     = { Type = "Succeed", Output = { result = "failed-before", image = "{% $wanted.image %}" } }
    Superseded       = { Type = "Succeed", Output = { result = "superseded", image = "{% $wanted.image %}" } }

    Record = {
      Comment   = "Recorded first, so that a run for an older image gives way."
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:putParameter"
      Arguments = { Name = aws_ssm_parameter.image.name, Value = "{% $string($merge([$wanted, ${local.kept}])) %}", Overwrite = true }
      Retry     = local.retry
      Next      = "Register"
    }

    Register = {
      Comment  = "The template with the image by digest, and without what only a registered revision has."
      Type     = "Task"
      Resource = "${local.sdk}:ecs:registerTaskDefinition"
      Arguments = join(" ", [
        "{% $merge([",
        "$sift($template, function($value, $key) { $not($key in [${join(", ", formatlist("'%s'", local.of_revisions_only))}]) }),",
        "{ 'Family': '${var.container.family}',",
        "'ContainerDefinitions': [$map($template.ContainerDefinitions, function($container) {",
        "$container.Name = '${var.container.container}' ? $merge([$container, { 'Image': $wanted.image }]) : $container })] },",
        "$count($tags) > 0 ? { 'Tags': $tags } : {}",
        "]) %}",
      ])
      Assign = { taskDefinition = "{% $states.result.TaskDefinition.TaskDefinitionArn %}" }
      Retry  = local.retry
      Next   = "ReadRecordAgain"
    }

    ReadRecordAgain = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = aws_ssm_parameter.image.name }
      Assign    = { recorded = "{% $parse($states.result.Parameter.Value) %}" }
      Retry     = local.retry
      Next      = "StillWanted"
    }

    StillWanted = {
      Comment = "Two runs may have read the record before either wrote it. The older one gives way, the newer one writes again."
      Type    = "Choice"
      Choices = [
        { Condition = "{% $recorded.image = $wanted.image and $recorded.template = $wanted.template %}", Next = "Deploy" },
        { Condition = "{% $toMillis($recorded.pushed_at) >= $toMillis($wanted.pushed_at) %}", Next = "Superseded" },
      ]
      Default = "Record"
    }
  }

  # What a record keeps of the one before. An image that failed is forgotten when it is tried again.
  kept = join(" ", [
    "{ 'good': $exists($recorded.good) ? $recorded.good",
    ": { 'image': $recorded.image, 'tag': $recorded.tag, 'template': $recorded.template } },",
    "$exists($failed.image) and $not($failed.image = $wanted.image) ? { 'failed': $failed } : {}",
  ])

  # A deployment that failed leaves the record of what was good, so that a changed template does not bring the failed
  # image back; and of when the failed one was pushed, so that nothing older counts as new.
  outcome_states = {
    ReadRecordOfSuccess = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = aws_ssm_parameter.image.name }
      Assign    = { recorded = "{% $parse($states.result.Parameter.Value) %}" }
      Retry     = local.retry
      Next      = "RecordSuccess"
    }

    RecordSuccess = {
      Comment  = "Also where a newer image is recorded by now, which may fail."
      Type     = "Task"
      Resource = "${local.sdk}:ssm:putParameter"
      Arguments = {
        Name      = aws_ssm_parameter.image.name
        Value     = "{% $string($merge([$recorded, { 'good': { 'image': $wanted.image, 'tag': $wanted.tag, 'template': $wanted.template } }])) %}"
        Overwrite = true
      }
      Retry = local.retry
      Next  = "Deployed"
    }

    ReadRecordOfFailure = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = aws_ssm_parameter.image.name }
      Assign    = { recorded = "{% $parse($states.result.Parameter.Value) %}" }
      Retry     = local.retry
      Next      = "IsStillRecorded"
    }

    IsStillRecorded = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $recorded.image = $wanted.image and $recorded.template = $wanted.template %}", Next = "RecordFailure" },
      ]
      Default = "Overtaken"
    }

    RecordFailure = {
      Type     = "Task"
      Resource = "${local.sdk}:ssm:putParameter"
      Arguments = {
        Name = aws_ssm_parameter.image.name
        Value = join(" ", [
          "{% $string($merge([$recorded.good, {",
          "'pushed_at': $recorded.pushed_at, 'good': $recorded.good,",
          "'failed': { 'image': $wanted.image, 'tag': $wanted.tag }",
          "}])) %}",
        ])
        Overwrite = true
      }
      Retry = local.retry
      Next  = "NotDeployed"
    }

    NotDeployed = { Type = "Fail", Error = "{% $failure.error %}", Cause = "{% $failure.cause %}" }
  }

  # Members of a described task definition that RegisterTaskDefinition does not take.
  of_revisions_only = [
    "Compatibilities", "DeleteRequestedAt", "DeregisteredAt", "RegisteredAt", "RegisteredBy", "RequiresAttributes",
    "Revision", "Status", "TaskDefinitionArn",
  ]
}
