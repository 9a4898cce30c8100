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
