# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 105b97a9b51921a378151703c03eef9275adac34b35abbca3bfff933a68d9d9c

# The state machine. It is started
# - by what is published;
# - every hour with {"reconcile": true}, because an event can be lost, and an absent function may be there now;
# - by hand with {"tag": "git-..."}, for any earlier or later code, until something newer is published. To it, or alone:
#   {"package": "..."} for one package of several, {"force": true} for functions that have the code already.
#
# What a function has stands on its alias: the description of `live` is the tag of its code.

locals {
  definition = {
    Comment        = "Gives functions of ${var.name} the code that is published, and calls none"
    QueryLanguage  = "JSONata"
    TimeoutSeconds = 3600
    StartAt        = "Request"
    States = merge(local.tell, {
      Request = {
        Type = "Pass"
        Assign = {
          force  = "{% $states.input.force = true %}"
          tag    = "{% $exists($states.input.tag) ? $states.input.tag : '' %}"
          only   = "{% $exists($states.input.package) ? $states.input.package : '' %}"
          pushed = { place = "{% '' %}", code = {} }
          sources = [for id, functions in local.functions : merge(local.places[id], {
            id        = id
            parameter = aws_ssm_parameter.wanted[id].name
            functions = functions
          })]
        }
        Next = "Event"
      }
      Event = {
        Type    = "Choice"
        Choices = [merge(local.event[local.kind], { Next = "EachSource" })]
        Default = "EachSource"
      }

      # A source of code is a package, or the image.
      EachSource = {
        Type           = "Map"
        Items          = "{% [$filter($sources, function($s) { $pushed.place in ['', $s.place] and $only in ['', $s.id] })] %}"
        MaxConcurrency = 5
        ItemProcessor = {
          ProcessorConfig = { Mode = "INLINE" }
          StartAt         = "Source"
          States          = local.source_states
        }
        Assign = {
          results   = "{% [$states.result] %}"
          functions = "{% [$states.result.functions] %}"
        }
        Next = "KnowsThePackage"
      }

      KnowsThePackage = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $only != '' and $count($results) = 0 %}", Next = "UnknownPackage" }]
        Default = var.notifications == null ? "AnyFailed" : "AnyChange"
      }
      UnknownPackage = {
        Type  = "Fail"
        Error = "UnknownPackage"
        Cause = "{% 'There is no package ' & $only & '.' %}"
      }
      AnyFailed = {
        Type    = "Choice"
        Choices = [{ Condition = "{% 'failed' in $functions.result %}", Next = "Failed" }]
        Default = "Done"
      }
      Failed = {
        Type  = "Fail"
        Error = "CodeNotGiven"
        Cause = "{% $join($functions[result = 'failed'].(name & ': ' & because), '\\n') %}"
      }
      Done = {
        Type   = "Succeed"
        Output = { sources = "{% $results %}" }
      }
    })
  }

  # Only where somebody is told. A message that cannot be sent changes nothing else.
  tell = { for name, state in local.telling : name => state if var.notifications != null }

  telling = {
    AnyChange = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $count($functions[result in ['live', 'failed']]) > 0 %}", Next = "Tell" }]
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
          "'title': '${var.name}: ' & ('failed' in $functions.result ? 'not every function has its code' : 'the code is ready'),",
          "'description': $join([$map($results, function($r) { $r.source & ' ' & $r.tag & ': ' & $join([$map($r.functions, function($f) {",
          "$f.name & ' ' & $f.result & ($exists($f.because) ? ' (' & $f.because & ')' : '') })], ', ') })], '\\n')",
          "},",
          "'metadata': { 'threadId': '${var.name}' }",
          "}) %}",
        ])
      }
      Retry = local.retry
      Catch = [{ ErrorEquals = ["States.ALL"], Next = "AnyFailed" }]
      Next  = "AnyFailed"
    }
  }

  # Where a source of code is published, and how to list what is there: in pages, because a state may pass on no more
  # than 256 KiB.
  places = {
    for id, functions in local.functions : id => {
      packages = {
        place   = "${var.prefix}/${id}/"
        request = { Bucket = var.bucket, Prefix = "${var.prefix}/${id}/git-", MaxKeys = 500 }
      }
      image = {
        place   = local.repository.name
        url     = local.repository.url
        request = { RepositoryName = local.repository.name, Filter = { TagStatus = "TAGGED" }, MaxResults = 200 }
      }
    }[local.kind]
  }

  # Other objects of the bucket may be in the prefix: they make the machine look for what is missing, as every hour.
  event = {
    packages = {
      Condition = "{% $exists($states.input.detail.object.key) and $contains($states.input.detail.object.key, /\\/git-[^\\/]*\\.zip$/) %}"
      Assign = {
        pushed = {
          place = "{% $replace($states.input.detail.object.key, /git-[^\\/]*$/, '') %}"
          code = {
            tag       = "{% $substringBefore($split($states.input.detail.object.key, '/')[-1], '.zip') %}"
            code      = "{% $states.input.detail.object.key %}"
            pushed_at = "{% $states.input.time %}"
          }
        }
      }
    }
    image = {
      Condition = "{% $exists($states.input.detail.'image-digest') %}"
      Assign = {
        pushed = {
          place = "{% $states.input.detail.'repository-name' %}"
          code = {
            tag       = "{% $states.input.detail.'image-tag' %}"
            code      = "{% $states.input.detail.'image-digest' %}"
            pushed_at = "{% $states.input.time %}"
          }
        }
      }
    }
  }

  # A service that is busy, or a function that another change keeps busy, is asked again.
  retry = [{
    ErrorEquals = [
      "Ecr.ServerException",
      "Lambda.ResourceConflictException",
      "Lambda.ServiceException",
      "Lambda.TooManyRequestsException",
      "S3.S3Exception",
      "Ssm.InternalServerErrorException",
      "Ssm.TooManyUpdatesException",
    ]
    IntervalSeconds = 3
    MaxAttempts     = 6
    BackoffRate     = 2
    JitterStrategy  = "FULL"
  }]
  sdk = "arn:${local.partition}:states:::aws-sdk"
}
