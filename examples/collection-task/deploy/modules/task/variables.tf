# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen eefd80beffe8cea589b73a590162ca46886db901338a37816e8e0b8347529abc

variable "name" {
  description = "Name in AWS, `<environment>-<name>`, at most 53 characters."
  type        = string
}

variable "family" {
  description = "Family of task definitions that is run, without a revision."
  type        = string
}

variable "container" {
  description = "Name of the container in the task definition, by default that of the task."
  type        = string
  default     = null
}

variable "cpu" {
  description = "CPU units of a task, 1024 for one vCPU."
  type        = number
}

variable "memory" {
  description = "Memory of a task, in MiB."
  type        = number
}

variable "architecture" {
  description = "Processor that the image is built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
}

variable "command" {
  description = "Command of the container, or null for that of the image."
  type        = list(string)
  default     = null
}

variable "variables" {
  description = "Environment variables of the container."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Environment variables whose values are kept in Secrets Manager, as `<name>/<SECRET>`."
  type        = list(string)
  default     = []
}

variable "families" {
  description = "Further families, of others, that use the image: each gets a revision with it, too."
  type        = list(string)
  default     = []
}

variable "repository" {
  description = "ECR repository of the image."
  type        = object({ arn = string, url = string, name = string })
}

variable "platform" {
  description = "What the organisation owns: the ARN of the policy that bounds roles, or null."
  type        = object({ boundary = optional(string) })
  default     = {}
}

variable "notifications" {
  description = "Where it is told that the task is ready to run: the outputs of the module `notifications`, or null."
  type        = object({ topic_arn = string })
  default     = null
}
