# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 8e3a7ac915ba0167f33194c543c09b43e3f3fec0ff05a08ad011fdb8a18c889e

variable "name" {
  description = "Name in AWS, `<environment>-<name>`, at most 53 characters: of the service, its container and its family of task definitions."
  type        = string
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

variable "tasks" {
  description = "How many tasks there are, and the CPU utilisation in percent that their number is adjusted to."
  type        = object({ min = number, max = number, cpu_target = optional(number, 60) })
}

variable "deployment" {
  description = "How a deployment goes: `patience` are the minutes in which the new tasks must run."
  type        = object({ patience = optional(number, 60) })
  default     = {}
}

variable "repository" {
  description = "ECR repository of the image."
  type        = object({ arn = string, url = string, name = string })
}

variable "platform" {
  description = "What the organisation owns: the outputs of the module `platform`."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    cluster            = object({ name = string, arn = string })
    boundary           = string
  })
}

variable "notifications" {
  description = "Where deployments and alarms are told of: the outputs of the module `notifications`, or null."
  type        = object({ topic_arn = string })
  default     = null
}
