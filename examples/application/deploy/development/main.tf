# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 78df6f42f010a3473eba6db85ca072f3ecbdf840dd8ffa12fdbb9e13ceb29ee6

module "platform" {
  source          = "../modules/platform"
  vpc             = "development-vpc"
  subnets         = ["development-private-a", "development-private-b"]
  security_groups = ["development-services"]
  cluster         = "development-cluster"
  load_balancer   = "development-public"
}

module "notifications" {
  source    = "../modules/notifications"
  providers = { aws = aws, aws.chat = aws.chat }
  name      = "development-planning-search"
  slack     = { workspace = "T0123456", channel = "C0123456" }
}

module "service" {
  source        = "../modules/service"
  name          = "development-planning-search"
  repository    = module.publishing.repositories["development-planning-search"]
  cpu           = 512
  memory        = 1024
  secrets       = ["DATABASE_URL"]
  port          = 8080
  domain        = { host = "search.development.planning.example.gov.uk" }
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.notifications
}
