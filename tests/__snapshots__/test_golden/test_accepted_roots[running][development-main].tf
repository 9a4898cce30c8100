
module "platform" {
  source          = "../modules/platform"
  vpc             = "development-vpc"
  subnets         = ["development-only"]
  security_groups = ["development-services"]
  cluster         = "shared"
  load_balancer   = "development-public"
  boundary        = "platform-boundary"
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
  source       = "../modules/service"
  name         = "development-running-site"
  repository   = module.publishing.repositories["development-running-site"]
  cpu          = 512
  memory       = 1024
  command      = ["gunicorn", "app:app", "--bind", "0.0.0.0:8080"]
  variables    = { "LOG_LEVEL" = "debug", "TEMPLATE" = "$${HOME} and %%{ if } \"quoted\" \\" }
  secrets      = ["SENTRY_DSN", "SESSION_KEY"]
  port         = 8080
  health_check = { path = "/ready", interval = 10, timeout = 4, healthy = 3, unhealthy = 2, grace = 30, codes = "200" }
  domain       = { host = "site.development.example.gov.uk", paths = ["/*", "/api/*"] }
  tasks        = { min = 1, max = 6, cpu_target = 50 }
  deployment = {
    patience = 15
    traffic  = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
    keep_old = 20
    alarms   = ["development-queue", "http-5xx"]
  }
  platform      = module.platform
  notifications = module.notifications
}

module "worker-worker" {
  source        = "../modules/worker"
  name          = "development-running-worker"
  repository    = module.publishing.repositories["development-running-worker"]
  cpu           = 256
  memory        = 512
  architecture  = "ARM64"
  tasks         = { min = 2, max = 4 }
  deployment    = { patience = 12 }
  platform      = module.platform
  notifications = module.notifications
}
