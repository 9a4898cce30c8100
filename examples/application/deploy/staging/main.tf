# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4073f9e2b660b8ef0a6cd502bc6caa337e27c547bf8b9f5d5ae9386b710ece61

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
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
}

module "publishing" {
  source = "../modules/publishing"
  name   = "staging-planning-search-publish"
  github = {
    repository  = "digital-land/planning-search"
    environment = "staging"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images      = { "staging-planning-search" = { immutable = false } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "staging"
  branches    = ["main"]
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "staging-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
  boundary  = module.platform.boundary
}

module "service" {
  source     = "../modules/service"
  name       = "staging-planning-search"
  family     = "staging-planning-search"
  container  = "staging-planning-search"
  repository = module.publishing.repositories["staging-planning-search"]
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
