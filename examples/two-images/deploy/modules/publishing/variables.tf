# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a3c5897732218223ce89751fc07b4719d1e5eb8940cff14b0fa827d57a595090

variable "name" {
  description = "Name of the role, or of the user where access keys are used."
  type        = string

  validation {
    condition     = length(var.name) <= 64
    error_message = "AWS allows 64 characters for the name of a role."
  }
}

variable "github" {
  description = <<-EOT
    Who may publish: the environment of a repository (OWNER/NAME), and only from `ref` where that is given. The ids are
    those of the repository and its owner; without them GitHub's newer subjects are not recognised.
  EOT
  type = object({
    repository    = string
    repository_id = optional(number)
    owner_id      = optional(number)
    environment   = string
    ref           = optional(string)
  })

  # The subject is put together of these, so none may hold what separates its parts.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "The repository must be OWNER/NAME, as GitHub writes it."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.github.environment))
    error_message = "The environment must be of letters, digits, - and _ only."
  }

  validation {
    condition     = alltrue([for id in [var.github.repository_id, var.github.owner_id] : id == null ? true : can(regex("^[1-9][0-9]*$", tostring(id)))])
    error_message = "Ids are whole numbers, as GitHub's API gives them."
  }

  validation {
    condition     = var.github.ref == null ? true : can(regex("^refs/heads/[^*?]+$", var.github.ref))
    error_message = "The ref must be that of one branch: refs/heads/NAME."
  }
}

variable "credentials" {
  description = "How the environment's jobs prove who they are: `oidc`, or `access-keys` of a user, which live until they are replaced."
  type        = string
  default     = "oidc"

  validation {
    condition     = contains(["oidc", "access-keys"], var.credentials)
    error_message = "Credentials are oidc or access-keys."
  }
}

variable "images" {
  description = "By repository, the images that are pushed: whether a tag can never be moved, and whether the repository is of the public registry, which another module makes."
  type = map(object({
    immutable = optional(bool, true)
    public    = optional(bool, false)
  }))
  default = {}
}

variable "files" {
  description = "Folders of buckets that files are synchronised to, and whether those that have gone are deleted. No prefix is the whole bucket."
  type = list(object({
    bucket = string
    prefix = optional(string, "")
    delete = optional(bool, false)
  }))
  default = []
}

variable "packages" {
  description = "Folders of buckets that packages are uploaded to, each under a key of its own."
  type = list(object({
    bucket = string
    prefix = optional(string, "")
  }))
  default = []
}

variable "boundary" {
  description = "ARN of the policy that bounds what the role or user can be given; null for none."
  type        = string
  default     = null
}
