# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0821b7a3971c763bd9772c0cc2e81d33fa2486f887de614bc643e8083a5880d2

variable "vpc" {
  description = "Name (the tag) of the network that tasks run in."
  type        = string
  default     = null
}

variable "subnets" {
  description = "Names (the tags) of the subnets that tasks run in."
  type        = list(string)
  default     = []
}

variable "security_groups" {
  description = "Names of the security groups that tasks are in."
  type        = list(string)
  default     = []
}

variable "cluster" {
  description = "Name of the ECS cluster that runs tasks."
  type        = string
  default     = null
}

variable "load_balancer" {
  description = "Name of the application load balancer. It listens for HTTPS on port 443."
  type        = string
  default     = null
}

variable "boundary" {
  description = "Name of the policy that bounds what every role made here can be given."
  type        = string
  default     = null
}

variable "artifacts_bucket" {
  description = "Name of the bucket that packages are uploaded to."
  type        = string
  default     = null
}

variable "topic" {
  description = "Name of the topic that is told of deployments."
  type        = string
  default     = null
}
