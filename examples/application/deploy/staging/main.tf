# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b4726a4ae668d020689323b978db683db8225a66b0524d2274c81b6f54d32ec1

module "platform" {
  source          = "../modules/platform"
  vpc             = "staging-vpc"
  subnets         = ["staging-private-a", "staging-private-b"]
  security_groups = ["staging-services"]
  cluster         = "staging-cluster"
  load_balancer   = "staging-public"
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "staging-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
}

module "service" {
  source        = "../modules/service"
  name          = "staging-planning-search"
  repository    = module.publishing.repositories["staging-planning-search"]
  cpu           = 512
  memory        = 1024
  secrets       = ["DATABASE_URL"]
  port          = 8080
  domain        = { host = "search.staging.planning.example.gov.uk" }
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.notifications
}
