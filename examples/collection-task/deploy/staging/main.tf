# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 630370f7681a16ff8213bf67304688d91ff62df7c583a7c11a8e216644249ec2

module "platform" {
  source = "../modules/platform"
  topic  = "staging-deployments"
}

module "task" {
  source        = "../modules/task"
  name          = "staging-collection-task"
  family        = "staging-collection-task-task"
  repository    = module.publishing.repositories["staging-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
