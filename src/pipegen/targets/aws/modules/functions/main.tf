# Gives functions the code that is published, as zips in a bucket or as an image: the code, a version of it, and the alias
# `live` for that version. Functions are neither made nor called here.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 6.0"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  kind       = var.image == null ? "packages" : "image"
  repository = var.image == null ? { arn = "", url = "", name = "" } : var.image.repository

  # Functions by what is published for them: each package on its own, or the image.
  functions = var.image == null ? { for id, package in var.packages : id => package.functions } : { image = var.image.functions }

  function_arns = sort(distinct([
    for function in flatten(values(local.functions)) :
    "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${function.name}"
  ]))
}

# The code that functions should have, as the state machine decided last. It tells an event that comes late from a new
# one, and keeps what was asked for by hand until something newer is published.
resource "aws_ssm_parameter" "wanted" {
  # checkov:skip=CKV2_AWS_34:it names what was published, which is no secret
  for_each = local.functions

  name        = "/pipegen/${var.name}/${each.key}"
  description = "The code that functions of ${var.name} should have, kept by the state machine that gives it to them"
  type        = "String"
  value       = jsonencode({ tag = "", code = "", pushed_at = "1970-01-01T00:00:00Z" })

  lifecycle {
    ignore_changes = [value]
  }
}

module "machine" {
  source = "../machine"

  name          = var.name
  description   = "Gives functions of ${var.name} the code that is published"
  definition    = jsonencode(local.definition)
  policy        = jsonencode({ Version = "2012-10-17", Statement = concat(local.statements, local.statements_of[local.kind], local.statements_to_tell) })
  event_pattern = jsonencode(local.published[local.kind])
  topic_arn     = one(var.notifications[*].topic_arn)
  boundary      = var.platform.boundary
}

locals {
  published = {
    packages = {
      source        = ["aws.s3"]
      "detail-type" = ["Object Created"]
      detail = {
        bucket = { name = [var.bucket] }
        object = { key = [{ prefix = "${var.prefix}/" }] }
      }
    }
    image = {
      source        = ["aws.ecr"]
      "detail-type" = ["ECR Image Action"]
      detail = {
        "action-type"     = ["PUSH"]
        result            = ["SUCCESS"]
        "repository-name" = [local.repository.name]
        # Only the tags of publications: not a moving tag, nor what a tool pushes beside the image.
        "image-tag" = [{ prefix = "git-" }]
      }
    }
  }
}

# Lambda fetches the image itself, also long after the function was given it.
resource "aws_ecr_repository_policy" "functions" {
  count = var.image == null ? 0 : 1

  repository = local.repository.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "FunctionsFetchTheImage"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = flatten([for arn in local.function_arns : [arn, "${arn}:*"]]) }
      }
    }]
  })
}
