# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen f7dd6d00479ba3fcb723726f52798259616f026918286848b8ab7e4c96fc8738

module "platform" {
  source = "../modules/platform"
  topic  = "production-deployments"
}

module "task" {
  source        = "../modules/task"
  name          = "production-collection-task"
  family        = "production-collection-task-task"
  repository    = module.publishing.repositories["production-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
