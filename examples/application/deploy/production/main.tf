# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 90debcbea8eb19690592b3e1bc05ef0ee34e633fb690a020a1cafde72976190a

module "platform" {
  source          = "../modules/platform"
  vpc             = "production-vpc"
  subnets         = ["production-private-a", "production-private-b"]
  security_groups = ["production-services"]
  cluster         = "production-cluster"
  load_balancer   = "production-public"
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "production-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
}

module "service" {
  source        = "../modules/service"
  name          = "production-planning-search"
  repository    = module.publishing.repositories["production-planning-search"]
  cpu           = 512
  memory        = 1024
  secrets       = ["DATABASE_URL"]
  port          = 8080
  domain        = { host = "search.planning.example.gov.uk" }
  tasks         = { min = 4, max = 12 }
  platform      = module.platform
  notifications = module.notifications
}
