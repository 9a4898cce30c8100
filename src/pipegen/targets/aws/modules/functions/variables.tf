variable "name" {
  description = "Name of the component in its environment."
  type        = string
}

variable "bucket" {
  description = "Bucket that packages are uploaded to. It sends its events to EventBridge."
  type        = string
  default     = ""
}

variable "prefix" {
  description = "Folder of the bucket: packages are <prefix>/<package>/git-*.zip."
  type        = string
  default     = ""
}

variable "packages" {
  description = "The functions that are given each package. One that is optional may be absent."
  type = map(object({
    functions = list(object({ name = string, optional = optional(bool, false) }))
  }))
  default = {}
}

variable "image" {
  description = "Instead of packages: a repository, and the functions that are given its images. One that is optional may be absent."
  type = object({
    repository = object({ arn = string, url = string, name = string })
    functions  = list(object({ name = string, optional = optional(bool, false) }))
  })
  default = null

  validation {
    condition     = (var.image == null) == (length(var.packages) > 0)
    error_message = "Functions are given either packages or an image."
  }
}

variable "platform" {
  description = "What the organisation owns: the ARN of the policy that bounds roles, or null."
  type        = object({ boundary = optional(string) })
  default     = {}
}

variable "notifications" {
  description = "Where it is told which functions have new code: the outputs of the module `notifications`, or null."
  type        = object({ topic_arn = string })
  default     = null
}
