# The states for one function. One that fails does not keep the others from their code: the execution fails in the end.

locals {
  function_states = {
    Function = {
      Type   = "Pass"
      Assign = { target = "{% $states.input %}" }
      Next   = "Alias"
    }
    Alias = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:getAlias"
      Arguments = { FunctionName = "{% $target.name %}", Name = "live" }
      Retry     = local.retry
      Catch     = [{ ErrorEquals = ["Lambda.ResourceNotFoundException"], Next = "Code" }, local.otherwise]
      Next      = "HasTheCode"
    }
    HasTheCode = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $states.input.Description = $wanted.tag and $not($force) %}", Next = "Current" }]
      Default = "Code"
    }
    Current = {
      Type   = "Pass"
      Output = { name = "{% $target.name %}", result = "current" }
      End    = true
    }

    Code = {
      Type     = "Task"
      Resource = "${local.sdk}:lambda:updateFunctionCode"
      Arguments = merge({ FunctionName = "{% $target.name %}" }, {
        packages = { S3Bucket = var.bucket, S3Key = "{% $wanted.code %}" }
        image    = { ImageUri = "{% $source.url & '@' & $wanted.code %}" }
      }[local.kind])
      Retry  = local.retry
      Catch  = [{ ErrorEquals = ["Lambda.ResourceNotFoundException"], Next = "MayBeAbsent" }, local.otherwise]
      Assign = { sha256 = "{% $states.result.CodeSha256 %}" }
      Next   = "Updated"
    }
    MayBeAbsent = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $target.optional %}", Next = "Absent" }]
      Default = "Missing"
    }
    Absent = {
      Type   = "Pass"
      Output = { name = "{% $target.name %}", result = "absent" }
      End    = true
    }
    Missing = {
      Type   = "Pass"
      Output = { because = "there is no such function" }
      Next   = "NotGiven"
    }

    Updated = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:getFunctionConfiguration"
      Arguments = { FunctionName = "{% $target.name %}" }
      Retry     = local.retry
      Catch     = [local.otherwise]
      Next      = "IsUpdated"
    }
    IsUpdated = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $states.input.LastUpdateStatus = 'InProgress' %}", Next = "WaitForUpdate" },
        {
          Condition = "{% $states.input.LastUpdateStatus = 'Failed' %}"
          Output    = { because = "{% $string($states.input.LastUpdateStatusReason) %}" }
          Next      = "NotGiven"
        },
      ]
      Default = "Version"
    }
    WaitForUpdate = {
      Type    = "Wait"
      Seconds = 3
      Next    = "Updated"
    }

    # The checksum makes this fail where another execution, or a person, changed the code in between.
    Version = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:publishVersion"
      Arguments = { FunctionName = "{% $target.name %}", CodeSha256 = "{% $sha256 %}", Description = "{% $wanted.tag %}" }
      Retry     = local.retry
      Catch     = [{ ErrorEquals = ["Lambda.InvalidParameterValueException"], Next = "Overtaken" }, local.otherwise]
      Assign    = { version = "{% $states.result.Version %}" }
      Next      = "Ready"
    }
    Overtaken = {
      Type   = "Pass"
      Output = { name = "{% $target.name %}", result = "overtaken" }
      End    = true
    }

    # A version cannot be called before it is active.
    Ready = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:getFunctionConfiguration"
      Arguments = { FunctionName = "{% $target.name %}", Qualifier = "{% $version %}" }
      Retry     = local.retry
      Catch     = [local.otherwise]
      Next      = "IsReady"
    }
    IsReady = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $states.input.State = 'Pending' %}", Next = "WaitForVersion" },
        {
          Condition = "{% $states.input.State = 'Failed' %}"
          Output    = { because = "{% $string($states.input.StateReason) %}" }
          Next      = "NotGiven"
        },
      ]
      Default = "MoveAlias"
    }
    WaitForVersion = {
      Type    = "Wait"
      Seconds = 3
      Next    = "Ready"
    }

    MoveAlias = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:updateAlias"
      Arguments = local.alias
      Retry     = local.retry
      Catch     = [{ ErrorEquals = ["Lambda.ResourceNotFoundException"], Next = "MakeAlias" }, local.otherwise]
      Next      = "Live"
    }
    MakeAlias = {
      Type      = "Task"
      Resource  = "${local.sdk}:lambda:createAlias"
      Arguments = local.alias
      Retry     = local.retry
      Catch     = [local.otherwise]
      Next      = "Live"
    }
    Live = {
      Type   = "Pass"
      Output = { name = "{% $target.name %}", result = "live", version = "{% $version %}" }
      End    = true
    }

    NotGiven = {
      Type   = "Pass"
      Output = { name = "{% $target.name %}", result = "failed", because = "{% $states.input.because %}" }
      End    = true
    }
  }

  alias = {
    FunctionName    = "{% $target.name %}"
    Name            = "live"
    FunctionVersion = "{% $version %}"
    Description     = "{% $wanted.tag %}"
  }
  otherwise = {
    ErrorEquals = ["States.ALL"]
    Output      = { because = "{% $states.errorOutput.Error & ': ' & $states.errorOutput.Cause %}" }
    Next        = "NotGiven"
  }
}
