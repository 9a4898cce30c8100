# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 12f042fc9c59f0aab4fe8cc2963a15405c100aec2092d51d171f1851730c4652

variable "name" {
  description = "Prefix of the names in AWS, `<environment>-<name>`, at most 53 characters. The machine is `<name>-rollout`."
  type        = string
}

variable "description" {
  description = "What the machine does, for whoever reads its alarms: `Deploys production-web`."
  type        = string
}

variable "definition" {
  description = "The state machine in the Amazon States Language, as JSON."
  type        = string
}

variable "policy" {
  description = "What the machine may do, as the JSON of an IAM policy."
  type        = string
}

variable "event_pattern" {
  description = "The events that start the machine, as the JSON of an EventBridge pattern."
  type        = string
}

variable "reconcile" {
  description = "Whether the machine is also started every hour, with the input `{\"reconcile\": true}`."
  type        = bool
  default     = true
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
