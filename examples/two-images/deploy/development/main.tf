# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 1a73d03c468bf002cb3581547127bddffc09e8c901c3fea26c16548e5797d488

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source          = "../modules/platform"
  vpc             = "development-vpc"
  subnets         = ["development-private-a", "development-private-b"]
  security_groups = ["development-services"]
  cluster         = "development-cluster"
  load_balancer   = "development-public"
  topic           = "development-deployments"
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-file-check-publish"
  github      = { repository = "digital-land/file-check", environment = "development" }
  credentials = "oidc"
  images = {
    "development-file-check-api"       = { immutable = false }
    "development-file-check-processor" = { immutable = false }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "development"
  branches    = ["**/*"]
}

module "service-api" {
  source     = "../modules/service"
  name       = "development-file-check-api"
  family     = "development-file-check-api"
  container  = "development-file-check-api"
  repository = module.publishing.repositories["development-file-check-api"]
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
  name          = "development-file-check-processor"
  family        = "development-file-check-processor"
  container     = "development-file-check-processor"
  repository    = module.publishing.repositories["development-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4, cpu_target = 60 }
  platform      = module.platform
  notifications = module.platform.notifications
}
