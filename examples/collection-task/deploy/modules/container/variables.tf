# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 3964dea19db66cb485c638da38c905db6f41e6bd26400035bc77fd0612c96948

variable "name" {
  description = "Prefix of the names in AWS, `<environment>-<name>`, at most 53 characters."
  type        = string
}

variable "family" {
  description = "Family of task definitions that is run. The template has the family `<family>-template`."
  type        = string
}

variable "container" {
  description = "Name of the container in the task definition."
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

variable "port" {
  description = "Port that the container listens on, or null."
  type        = number
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

variable "repository" {
  description = "ECR repository of the image."
  type        = object({ arn = string, url = string, name = string })
}

variable "boundary" {
  description = "ARN of the permissions boundary of every role, or null."
  type        = string
  default     = null
}
