# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen e6603849496d66469388d784fa8d7dceaeb789db7bfc0cbbefa0ceaaad40540a

module "platform" {
  source           = "../modules/platform"
  topic            = "development-deployments"
  artifacts_bucket = "development-artifacts"
}

module "functions" {
  source = "../modules/functions"
  name   = "development-lambda-packages"
  bucket = "development-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = { functions = [{ name = "development-csv-exporter" }, { name = "development-bulk-exporter" }] }
    notifier = {
      functions = [
        { name = "development-main-notifier" },
        { name = "development-data-notifier" },
        { name = "development-canary-notifier", optional = true },
      ]
    }
    redirect = { functions = [{ name = "development-main-redirect" }, { name = "development-guidance-redirect" }] }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
