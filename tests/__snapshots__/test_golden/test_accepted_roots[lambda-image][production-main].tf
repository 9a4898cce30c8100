
module "functions" {
  source = "../modules/functions"
  name   = "production-tiler"
  image = {
    repository = module.publishing.repositories["production-tiler"]
    functions  = [{ name = "production-tiler" }, { name = "production-tiler-canary", optional = true }]
  }
}
