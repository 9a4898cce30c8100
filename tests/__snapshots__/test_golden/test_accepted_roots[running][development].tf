
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/running/development.tfstate"
  }
}

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/running", environment = "development" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "us-east-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/running", environment = "development" }
  }
}

provider "github" {
  owner = "acme"
}

module "platform" {
  source          = "../modules/platform"
  vpc             = "development-vpc"
  subnets         = ["development-only"]
  security_groups = ["development-services"]
  cluster         = "shared"
  load_balancer   = "development-public"
  boundary        = "platform-boundary"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "development-running-publish"
  github = {
    repository    = "acme/running"
    repository_id = 12345
    owner_id      = 678
    environment   = "development"
  }
  credentials = "oidc"
  images = {
    "development-running-nightly" = { immutable = true }
    "development-running-site"    = { immutable = true }
    "development-running-worker"  = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "running"
  environment = "development"
  branches    = ["**/*"]
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "development-running"
  slack     = { workspace = "T0123456", channel = "C0123456" }
  boundary  = module.platform.boundary
}

module "task-nightly" {
  source        = "../modules/task"
  name          = "development-running-nightly"
  family        = "development-nightly"
  container     = "main"
  repository    = module.publishing.repositories["development-running-nightly"]
  cpu           = 2048
  memory        = 4096
  variables     = { "STEP" = "1" }
  secrets       = ["TOKEN"]
  families      = ["development-mwaa-nightly"]
  platform      = module.platform
  notifications = module.notifications
}

module "service-site" {
  source     = "../modules/service"
  name       = "development-running-site"
  family     = "development-running-site"
  container  = "development-running-site"
  repository = module.publishing.repositories["development-running-site"]
  cpu        = 512
  memory     = 1024
  command    = ["gunicorn", "app:app", "--bind", "0.0.0.0:8080"]
  variables  = { "LOG_LEVEL" = "debug", "TEMPLATE" = "$${HOME} and %%{ if } \"quoted\" \\" }
  secrets    = ["SENTRY_DSN", "SESSION_KEY"]
  tasks      = { min = 1, max = 6, cpu_target = 50 }
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
    alarms   = ["development-queue", "http-5xx"]
  }
  platform      = module.platform
  notifications = module.notifications
}

module "worker-worker" {
  source        = "../modules/worker"
  name          = "development-running-worker"
  family        = "development-running-worker"
  container     = "development-running-worker"
  repository    = module.publishing.repositories["development-running-worker"]
  cpu           = 256
  memory        = 512
  architecture  = "ARM64"
  tasks         = { min = 2, max = 4, cpu_target = 60 }
  deployment    = { patience = 12 }
  platform      = module.platform
  notifications = module.notifications
}
