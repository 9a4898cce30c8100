variable "name" {
  description = "Name in AWS, `<environment>-<name>`, at most 53 characters: of the service, its container and its family of task definitions."
  type        = string
}

variable "port" {
  description = "Port that the container listens on."
  type        = number
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

variable "health_check" {
  description = "Request that a healthy task answers with one of `codes`. Times are in seconds; `grace` is what a starting task is given."
  type = object({
    path      = optional(string, "/health")
    interval  = optional(number, 30)
    timeout   = optional(number, 5)
    healthy   = optional(number, 2)
    unhealthy = optional(number, 3)
    grace     = optional(number, 60)
    codes     = optional(string, "200-399")
  })
  default = {}
}

variable "tasks" {
  description = "How many tasks there are, and the CPU utilisation in percent that their number is adjusted to."
  type        = object({ min = number, max = number, cpu_target = optional(number, 60) })
}

variable "domain" {
  description = "Host and paths of the requests that are the service's, or null for every request that no earlier rule of the listener takes."
  type        = object({ host = optional(string), paths = optional(list(string), ["/*"]) })
  default     = null
}

variable "deployment" {
  description = <<-EOT
    How a deployment goes: `traffic` is the CodeDeploy configuration that moves it; the old tasks are kept for
    `keep_old` minutes, during which a red alarm brings them back; `alarms` are `http-5xx`, which is made here, and
    names of alarms that exist; `patience` the minutes in which new tasks must be stable, by default what a healthy one
    needs and ten.
  EOT
  type = object({
    traffic  = optional(string, "CodeDeployDefault.ECSCanary10Percent5Minutes")
    keep_old = optional(number, 5)
    alarms   = optional(list(string), ["http-5xx"])
    patience = optional(number)
  })
  default = {}

  validation {
    condition     = var.deployment.keep_old <= 1200
    error_message = "The old tasks can be kept for 1200 minutes: the next deployment waits for their end, and for a day at most."
  }
}

variable "repository" {
  description = "ECR repository of the image."
  type        = object({ arn = string, url = string, name = string })
}

variable "platform" {
  description = "What the organisation owns: the outputs of the module `platform`."
  type = object({
    vpc_id             = string
    subnet_ids         = list(string)
    security_group_ids = list(string)
    cluster            = object({ name = string, arn = string })
    load_balancer      = object({ arn_suffix = string, listener_arn = string })
    boundary           = string
  })
}

variable "notifications" {
  description = "Where deployments and alarms are told of: the outputs of the module `notifications`, or null."
  type        = object({ topic_arn = string })
  default     = null
}
