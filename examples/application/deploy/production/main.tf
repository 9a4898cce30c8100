# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d3b540a7f1e2bf167f5281896afee8c0725f8bfd9f1f50c018b15b2434cac193

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "production" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "production" }
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
}

module "publishing" {
  source = "../modules/publishing"
  name   = "production-planning-search-publish"
  github = {
    repository  = "digital-land/planning-search"
    environment = "production"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images      = { "production-planning-search" = { immutable = false } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "production-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
  boundary  = module.platform.boundary
}

module "service" {
  source     = "../modules/service"
  name       = "production-planning-search"
  family     = "production-planning-search"
  container  = "production-planning-search"
  repository = module.publishing.repositories["production-planning-search"]
  cpu        = 512
  memory     = 1024
  secrets    = ["DATABASE_URL"]
  tasks      = { min = 4, max = 12, cpu_target = 60 }
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
