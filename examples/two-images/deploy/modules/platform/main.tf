# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen cf760f9e94fed350bbb8116f6fa207c85487640c592955561c4ae8b7e95a1b62

# What the organisation owns and others are built upon. It is looked up and never made or changed here.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 6.0"
    }
  }
}

# The lookups of lists find nothing without an error of their own, so that the error can name what is missing.

data "aws_vpcs" "named" {
  count = var.vpc == null ? 0 : 1

  filter {
    name   = "tag:Name"
    values = [var.vpc]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "One VPC must be named ${var.vpc}, and ${length(self.ids)} are."
    }
  }
}

locals {
  vpc_id = one([for found in data.aws_vpcs.named : one(found.ids)])
  in_vpc = local.vpc_id == null ? [] : [local.vpc_id]
}

data "aws_subnets" "named" {
  for_each = toset(var.subnets)

  filter {
    name   = "tag:Name"
    values = [each.value]
  }

  # The same name may be in use in another VPC.
  dynamic "filter" {
    for_each = local.in_vpc

    content {
      name   = "vpc-id"
      values = [filter.value]
    }
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "One subnet of the VPC must be named ${each.value}, and ${length(self.ids)} are."
    }
  }
}

data "aws_security_groups" "named" {
  for_each = toset(var.security_groups)

  filter {
    name   = "group-name"
    values = [each.value]
  }

  # The same name may be in use in another VPC.
  dynamic "filter" {
    for_each = local.in_vpc

    content {
      name   = "vpc-id"
      values = [filter.value]
    }
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "One security group of the VPC must be named ${each.value}, and ${length(self.ids)} are."
    }
  }
}

data "aws_ecs_cluster" "named" {
  count        = var.cluster == null ? 0 : 1
  cluster_name = var.cluster

  lifecycle {
    # A cluster can still be seen for a while after its deletion.
    postcondition {
      condition     = self.status == "ACTIVE"
      error_message = "The cluster ${var.cluster} must be active, and it is ${self.status}."
    }
  }
}

data "aws_lbs" "all" {
  count = var.load_balancer == null ? 0 : 1

  lifecycle {
    postcondition {
      condition     = anytrue([for arn in self.arns : strcontains(arn, ":loadbalancer/app/${var.load_balancer}/")])
      error_message = "There must be an application load balancer ${var.load_balancer}, and there is none."
    }
  }
}

data "aws_lb" "named" {
  count = var.load_balancer == null ? 0 : 1
  arn   = one([for arn in data.aws_lbs.all[0].arns : arn if strcontains(arn, ":loadbalancer/app/${var.load_balancer}/")])
}

data "aws_lb_listener" "https" {
  count             = var.load_balancer == null ? 0 : 1
  load_balancer_arn = data.aws_lb.named[0].arn
  port              = 443

  lifecycle {
    postcondition {
      condition     = self.protocol == "HTTPS"
      error_message = "Port 443 of the load balancer ${var.load_balancer} must speak HTTPS, and it speaks ${self.protocol}."
    }
  }
}

# Where it is missing, the error comes after two minutes and names it only by the key of for_each.
data "aws_iam_policy" "boundary" {
  for_each = toset(var.boundary == null ? [] : [var.boundary])
  name     = each.value
}

data "aws_s3_bucket" "artifacts" {
  count  = var.artifacts_bucket == null ? 0 : 1
  bucket = var.artifacts_bucket
}

data "aws_sns_topic" "told" {
  count = var.topic == null ? 0 : 1
  name  = var.topic
}
