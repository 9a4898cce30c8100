
module "platform" {
  source          = "../modules/platform"
  vpc             = "production-vpc"
  subnets         = ["production-private-a", "production-private-b"]
  security_groups = ["production-services"]
  cluster         = "production-cluster"
  load_balancer   = "production-public"
  boundary        = "platform-boundary"
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
  source       = "../modules/service"
  name         = "production-running-site"
  repository   = module.publishing.repositories["production-running-site"]
  cpu          = 512
  memory       = 1024
  command      = ["gunicorn", "app:app", "--bind", "0.0.0.0:8080"]
  variables    = { "LOG_LEVEL" = "info", "TEMPLATE" = "$${HOME} and %%{ if } \"quoted\" \\" }
  secrets      = ["SENTRY_DSN", "SESSION_KEY"]
  port         = 8080
  health_check = { path = "/ready", interval = 10, timeout = 4, healthy = 3, unhealthy = 2, grace = 30, codes = "200" }
  domain       = { host = "site.example.gov.uk", paths = ["/*", "/api/*"] }
  tasks        = { min = 2, max = 6, cpu_target = 50 }
  deployment = {
    patience = 15
    traffic  = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
    keep_old = 20
    alarms   = ["http-5xx", "production-queue"]
  }
  platform      = module.platform
  notifications = module.notifications
}

module "worker-worker" {
  source        = "../modules/worker"
  name          = "production-running-worker"
  repository    = module.publishing.repositories["production-running-worker"]
  cpu           = 256
  memory        = 512
  architecture  = "ARM64"
  tasks         = { min = 2, max = 4 }
  deployment    = { patience = 12 }
  platform      = module.platform
  notifications = module.notifications
}
