# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 9174692e3b1488f62e1638f5eb94af40a2f6c22a1999effbfe134e8b3c592804

# The states for one source of code: which code should its functions have? Then each of them is given it.

locals {
  source_states = {
    Source = {
      Type = "Pass"
      Assign = {
        source = "{% $states.input %}"
        found  = "{% $pushed.code %}"
        page   = "{% '' %}"
      }
      Next = "Known"
    }
    Known = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $exists($found.tag) %}", Next = "Remember" }]
      Default = "Find"
    }

    # Without an event: the newest code, or the one asked for by hand.
    Find = {
      Type      = "Task"
      Resource  = "${local.sdk}:${local.list.action}"
      Arguments = "{% $merge([$source.request, $page = '' ? {} : {'${local.list.continue}': $page}]) %}"
      Retry     = local.retry
      Assign = {
        found = join(" ", [
          "{% (",
          "$all := $append($exists($found.tag) ? [$found] : [], [${local.list.found}]);",
          "$fit := $filter($all, function($one) { $tag in ['', $one.tag] });",
          "$count($fit) > 0 ? $sort($fit, function($a, $b) { $toMillis($a.pushed_at) < $toMillis($b.pushed_at) })[0] : {}",
          ") %}",
        ])
        page = "{% $exists($states.result.${local.list.next}) ? $states.result.${local.list.next} : '' %}"
      }
      Next = "Found"
    }
    Found = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $page != '' %}", Next = "Find" },
        { Condition = "{% $exists($found.tag) %}", Next = "Remember" },
        { Condition = "{% $tag = '' %}", Next = "NothingPublished" },
      ]
      Default = "UnknownTag"
    }
    NothingPublished = {
      Type   = "Pass"
      Output = { source = "{% $source.id %}", tag = "{% '' %}", functions = [] }
      End    = true
    }
    UnknownTag = {
      Type = "Pass"
      Output = {
        source    = "{% $source.id %}"
        tag       = "{% $tag %}"
        functions = [{ name = "{% $source.place %}", result = "failed", because = "nothing of that tag was published there" }]
      }
      End = true
    }

    # Code that is older than what is wanted, or the same, changes nothing: what is wanted is given all the same.
    Remember = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = "{% $source.parameter %}" }
      Retry     = local.retry
      Assign    = { wanted = "{% $parse($states.result.Parameter.Value) %}" }
      Next      = "Newer"
    }
    Newer = {
      Type = "Choice"
      Choices = [
        {
          # Asked for by hand, it counts as published now: the hourly execution must not undo it.
          Condition = "{% $tag != '' %}"
          Assign    = { wanted = "{% $merge([$found, {'pushed_at': $states.context.Execution.StartTime}]) %}" }
          Next      = "Want"
        },
        {
          Condition = "{% $found.code != $wanted.code and $toMillis($found.pushed_at) > $toMillis($wanted.pushed_at) %}"
          Assign    = { wanted = "{% $found %}" }
          Next      = "Want"
        },
      ]
      Default = "Give"
    }
    Want = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:putParameter"
      Arguments = { Name = "{% $source.parameter %}", Value = "{% $string($wanted) %}", Overwrite = true }
      Retry     = local.retry
      Next      = "Give"
    }

    Give = {
      Type           = "Map"
      Items          = "{% $source.functions %}"
      MaxConcurrency = 5
      ItemProcessor = {
        ProcessorConfig = { Mode = "INLINE" }
        StartAt         = "Function"
        States          = local.function_states
      }
      Assign = { given = "{% [$states.result] %}" }
      Next   = "StillWanted"
    }

    # Another execution may have wanted newer code meanwhile, and been overtaken by this one.
    StillWanted = {
      Type      = "Task"
      Resource  = "${local.sdk}:ssm:getParameter"
      Arguments = { Name = "{% $source.parameter %}" }
      Retry     = local.retry
      Output    = "{% $parse($states.result.Parameter.Value) %}"
      Next      = "Settled"
    }
    Settled = {
      Type = "Choice"
      Choices = [{
        Condition = "{% $states.input.tag != $wanted.tag or 'overtaken' in $given.result %}"
        Assign    = { wanted = "{% $states.input %}" }
        Next      = "Pause"
      }]
      Default = "Given"
    }
    Pause = {
      Type    = "Wait"
      Seconds = 15
      Next    = "Give"
    }
    Given = {
      Type   = "Pass"
      Output = { source = "{% $source.id %}", tag = "{% $wanted.tag %}", functions = "{% $given %}" }
      End    = true
    }
  }

  list = {
    packages = {
      action   = "s3:listObjectsV2"
      continue = "ContinuationToken"
      next     = "NextContinuationToken"
      found    = "$map($states.result.Contents, function($o) { {'tag': $substringBefore($substringAfter($o.Key, $source.place), '.zip'), 'code': $o.Key, 'pushed_at': $o.LastModified} })"
    }
    image = {
      action   = "ecr:describeImages"
      continue = "NextToken"
      next     = "NextToken"
      found    = "$map($states.result.ImageDetails, function($i) { $map($filter($i.ImageTags, function($t) { $contains($t, /^git-/) }), function($t) { {'tag': $t, 'code': $i.ImageDigest, 'pushed_at': $i.ImagePushedAt} }) })"
    }
  }[local.kind]
}
