# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b6a6ccc06d09e1dbf43e86994adabaf0f8fdd03343e0d9150cf971903ea3f706

variable "name" {
  description = "Prefix of the names in AWS, `<environment>-<name>`, at most 53 characters."
  type        = string
}

variable "repository" {
  description = "ECR repository of the image."
  type        = object({ arn = string, url = string, name = string })
}

variable "container" {
  description = "The outputs of the module `container`: the template, and the family that gets a revision of it."
  type = object({
    template_family    = string
    family             = string
    container          = string
    execution_role_arn = string
    task_role_arn      = string
  })
}

variable "deploy_states" {
  description = <<-EOT
    What is done with the registered revision: states in the Amazon States Language with JSONata, as the JSON of a map,
    the first of them `Deploy`. They read `$taskDefinition` (the ARN of the revision), `$wanted` (`image`, `tag`,
    `pushed_at`, `template`) and `$ignoreAlarms`. They may go to `ReadRecordAgain`, which comes back to `Deploy` if the
    image is still the one that is wanted, and to `Superseded`. One that has the name of a state of the rollout takes its
    place.
  EOT
  type        = string
}

variable "has_outcome" {
  description = <<-EOT
    Whether it turns out that the revision was deployed or failed. The states then end by going to `ReadRecordOfSuccess`,
    which comes to a state `Deployed`, or with `$failure` (`error` and `cause`) to `ReadRecordOfFailure`, which fails the
    execution, or comes to a state `Overtaken` where something newer is recorded.
  EOT
  type        = bool
  default     = false
}

variable "deploy_policy" {
  description = "What these states may do, as the JSON of an IAM policy."
  type        = string
}

variable "topic_arn" {
  description = "Topic that the alarms are sent to, or null."
  type        = string
  default     = null
}

variable "boundary" {
  description = "ARN of the permissions boundary of every role, or null."
  type        = string
  default     = null
}
