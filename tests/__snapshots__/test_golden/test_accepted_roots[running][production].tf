
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/running/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/running", environment = "production" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/running", environment = "production" }
  }
}

provider "github" {
  owner = "acme"
}

module "platform" {
  source          = "../modules/platform"
  vpc             = "production-vpc"
  subnets         = ["production-private-a", "production-private-b"]
  security_groups = ["production-services"]
  cluster         = "production-cluster"
  load_balancer   = "production-public"
  boundary        = "platform-boundary"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "production-running-publish"
  github = {
    repository    = "acme/running"
    repository_id = 12345
    owner_id      = 678
    environment   = "production"
    ref           = "refs/heads/main"
  }
  credentials = "oidc"
  images = {
    "production-running-nightly" = { immutable = true }
    "production-running-site"    = { immutable = true }
    "production-running-worker"  = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "running"
  environment = "production"
  reviewers   = ["team/deployers", "user/octocat"]
  branches    = ["main"]
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "production-running"
  slack     = { workspace = "T0123456", channel = "C0123456" }
  boundary  = module.platform.boundary
}

module "task-nightly" {
  source        = "../modules/task"
  name          = "production-running-nightly"
  family        = "production-nightly"
  container     = "main"
  repository    = module.publishing.repositories["production-running-nightly"]
  cpu           = 2048
  memory        = 8192
  variables     = { "STEP" = "1" }
  secrets       = ["TOKEN"]
  families      = ["production-mwaa-nightly"]
  platform      = module.platform
  notifications = module.notifications
}

module "service-site" {
  source     = "../modules/service"
  name       = "production-running-site"
  family     = "production-running-site"
  container  = "production-running-site"
  repository = module.publishing.repositories["production-running-site"]
  cpu        = 512
  memory     = 1024
  command    = ["gunicorn", "app:app", "--bind", "0.0.0.0:8080"]
  variables  = { "LOG_LEVEL" = "info", "TEMPLATE" = "$${HOME} and %%{ if } \"quoted\" \\" }
  secrets    = ["SENTRY_DSN", "SESSION_KEY"]
  tasks      = { min = 2, max = 6, cpu_target = 50 }
  port       = 8080
  health_check = {
    path      = "/ready"
    interval  = 10
    timeout   = 4
    healthy   = 3
    unhealthy = 2
    grace     = 30
    codes     = "200"
  }
  domain = { host = "site.example.gov.uk", paths = ["/*", "/api/*"] }
  deployment = {
    traffic  = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
    keep_old = 20
    patience = 15
    alarms   = ["http-5xx", "production-queue"]
  }
  platform      = module.platform
  notifications = module.notifications
}

module "worker-worker" {
  source        = "../modules/worker"
  name          = "production-running-worker"
  family        = "production-running-worker"
  container     = "production-running-worker"
  repository    = module.publishing.repositories["production-running-worker"]
  cpu           = 256
  memory        = 512
  architecture  = "ARM64"
  tasks         = { min = 2, max = 4, cpu_target = 60 }
  deployment    = { patience = 12 }
  platform      = module.platform
  notifications = module.notifications
}
