# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 376dcb7e859156746df0aedecb9b5a1b44eaa9eab87ec023edc2272b09056d10

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
  domain        = { host = "search.planning.example.gov.uk" }
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.notifications
}
