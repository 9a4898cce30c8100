# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d7e219b00484d0dedf28571cc474123e7d86e453fcf2fd57fade43ea9535f8d3

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source          = "../modules/platform"
  vpc             = "production-vpc"
  subnets         = ["production-private-a", "production-private-b"]
  security_groups = ["production-services"]
  cluster         = "production-cluster"
  load_balancer   = "production-public"
  topic           = "production-deployments"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "production-file-check-publish"
  github = {
    repository  = "digital-land/file-check"
    environment = "production"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images = {
    "production-file-check-api"       = { immutable = false }
    "production-file-check-processor" = { immutable = false }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}

module "service-api" {
  source     = "../modules/service"
  name       = "production-file-check-api"
  family     = "production-file-check-api"
  container  = "production-file-check-api"
  repository = module.publishing.repositories["production-file-check-api"]
  cpu        = 256
  memory     = 512
  tasks      = { min = 2, max = 4, cpu_target = 60 }
  port       = 8080
  health_check = {
    path      = "/health"
    interval  = 30
    timeout   = 5
    healthy   = 2
    unhealthy = 3
    grace     = 60
    codes     = "200-399"
  }
  domain = { host = "check.planning.example.gov.uk", paths = ["/*"] }
  deployment = {
    traffic  = "CodeDeployDefault.ECSCanary10Percent5Minutes"
    keep_old = 5
    alarms   = ["http-5xx"]
  }
  platform      = module.platform
  notifications = module.platform.notifications
}

module "worker-processor" {
  source        = "../modules/worker"
  name          = "production-file-check-processor"
  family        = "production-file-check-processor"
  container     = "production-file-check-processor"
  repository    = module.publishing.repositories["production-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4, cpu_target = 60 }
  platform      = module.platform
  notifications = module.platform.notifications
}
