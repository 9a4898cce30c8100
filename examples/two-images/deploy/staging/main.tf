# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen e8c58f34791189c1ca040c3184a123545f38d4d14e23d5ed8b9a2ced01701a8f

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source          = "../modules/platform"
  vpc             = "staging-vpc"
  subnets         = ["staging-private-a", "staging-private-b"]
  security_groups = ["staging-services"]
  cluster         = "staging-cluster"
  load_balancer   = "staging-public"
  topic           = "staging-deployments"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "staging-file-check-publish"
  github = {
    repository  = "digital-land/file-check"
    environment = "staging"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images = {
    "staging-file-check-api"       = { immutable = false }
    "staging-file-check-processor" = { immutable = false }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "staging"
  branches    = ["main"]
}

module "service-api" {
  source     = "../modules/service"
  name       = "staging-file-check-api"
  family     = "staging-file-check-api"
  container  = "staging-file-check-api"
  repository = module.publishing.repositories["staging-file-check-api"]
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
  name          = "staging-file-check-processor"
  family        = "staging-file-check-processor"
  container     = "staging-file-check-processor"
  repository    = module.publishing.repositories["staging-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4, cpu_target = 60 }
  platform      = module.platform
  notifications = module.platform.notifications
}
