# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen fad09114fae6bc06d2f44e4f2a341780667d3c85c9547ded19c78396e5fd0504

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
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
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-planning-search-publish"
  github      = { repository = "digital-land/planning-search", environment = "development" }
  credentials = "oidc"
  images      = { "development-planning-search" = { immutable = false } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "development"
  branches    = ["**/*"]
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "development-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
  boundary  = module.platform.boundary
}

module "service" {
  source     = "../modules/service"
  name       = "development-planning-search"
  family     = "development-planning-search"
  container  = "development-planning-search"
  repository = module.publishing.repositories["development-planning-search"]
  cpu        = 512
  memory     = 1024
  secrets    = ["DATABASE_URL"]
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
  domain = { host = "search.planning.example.gov.uk", paths = ["/*"] }
  deployment = {
    traffic  = "CodeDeployDefault.ECSCanary10Percent5Minutes"
    keep_old = 5
    alarms   = ["http-5xx"]
  }
  platform      = module.platform
  notifications = module.notifications
}
