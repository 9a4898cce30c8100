# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ea4cd2175a49f8607864dca5e1e19ae34935c1b04e9b1fcd3af7e00af4b85587

module "platform" {
  source           = "../modules/platform"
  topic            = "staging-deployments"
  artifacts_bucket = "staging-artifacts"
}

module "functions" {
  source = "../modules/functions"
  name   = "staging-lambda-packages"
  bucket = "staging-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = { functions = [{ name = "staging-csv-exporter" }, { name = "staging-bulk-exporter" }] }
    notifier = {
      functions = [
        { name = "staging-main-notifier" },
        { name = "staging-data-notifier" },
        { name = "staging-canary-notifier", optional = true },
      ]
    }
    redirect = { functions = [{ name = "staging-main-redirect" }, { name = "staging-guidance-redirect" }] }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
