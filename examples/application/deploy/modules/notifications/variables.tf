# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 48b8ff4b656013077fa952f9311be239747f447ae288a23c6147030b42ab6da5

variable "name" {
  description = "Name of the topic, and of what belongs to it."
  type        = string
}

variable "slack" {
  description = "The channel that is told, by ids: T... and C.... An account can have one subscription to a channel; null leaves it to whoever has it."
  type = object({
    workspace = string
    channel   = string
  })
  default = null
}

variable "boundary" {
  description = "ARN of the policy that bounds what every role made here can be given; null for none."
  type        = string
  default     = null
}
