# Repositories of the public registry. Nothing is applied, because nothing could be destroyed again.

mock_provider "aws" {
  source = "./mocks"
}

run "as_usual" {
  command = plan
  module {
    source = "./modules/public-repositories"
  }

  variables {
    names = ["production-pub-spark"]
  }

  assert {
    condition     = toset([for repository in aws_ecrpublic_repository.published : repository.repository_name]) == toset(["production-pub-spark"])
    error_message = "A repository has the name that is pushed to."
  }
}
