# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c5c7d06a1266e026c454251650c04cf8d1fe7a73976718c570416dfecabacdc5

module "platform" {
  source           = "../modules/platform"
  topic            = "production-deployments"
  artifacts_bucket = "production-artifacts"
}

module "functions" {
  source = "../modules/functions"
  name   = "production-lambda-packages"
  bucket = "production-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = { functions = [{ name = "production-csv-exporter" }, { name = "production-bulk-exporter" }] }
    notifier = {
      functions = [
        { name = "production-main-notifier" },
        { name = "production-data-notifier" },
        { name = "production-canary-notifier", optional = true },
      ]
    }
    redirect = { functions = [{ name = "production-main-redirect" }, { name = "production-guidance-redirect" }] }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
