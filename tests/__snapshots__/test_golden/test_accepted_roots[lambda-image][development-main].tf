
module "functions" {
  source = "../modules/functions"
  name   = "development-tiler"
  image = {
    repository = module.publishing.repositories["development-tiler"]
    functions  = [{ name = "development-tiler" }, { name = "development-tiler-canary", optional = true }]
  }
}
