
module "functions" {
  source = "../modules/functions"
  name   = "staging-tiler"
  image = {
    repository = module.publishing.repositories["staging-tiler"]
    functions  = [{ name = "staging-tiler" }, { name = "staging-tiler-canary", optional = true }]
  }
}
