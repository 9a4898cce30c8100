# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 7aa3aef99d1d5ae79bc49b09800318a1dce669585b4ad741136e44800e655146

variable "repository" {
  description = "Name of the repository, without its owner, who is the provider's."
  type        = string
}

variable "environment" {
  description = "Name of the environment, as the workflows name it."
  type        = string
}

variable "reviewers" {
  description = "Who may approve: team/SLUG or user/LOGIN. One approval is enough."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for reviewer in var.reviewers : can(regex("^(team|user)/[A-Za-z0-9._-]+$", reviewer))])
    error_message = "A reviewer is team/SLUG or user/LOGIN."
  }

  validation {
    condition     = length(var.reviewers) <= 6
    error_message = "GitHub allows six reviewers."
  }
}

variable "branches" {
  description = "Patterns of the branches whose runs may use the environment; `**/*` is every branch. Tags never may."
  type        = list(string)

  validation {
    condition     = length(var.branches) > 0
    error_message = "Without a branch nothing could be published."
  }
}

variable "secrets" {
  description = "By name, the secrets that jobs in the environment are given. The values are in Terraform's state."
  type        = map(string)
  default     = {}
  sensitive   = true
}
