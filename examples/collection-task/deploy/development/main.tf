# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen dc21ad21e372c46d5fbf7d9041000b77350451b458ad291a762c716d2f34b6c1

module "platform" {
  source = "../modules/platform"
  topic  = "development-deployments"
}

module "task" {
  source        = "../modules/task"
  name          = "development-collection-task"
  family        = "development-collection-task-task"
  repository    = module.publishing.repositories["development-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
